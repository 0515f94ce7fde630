import { byId, element } from "./dom.js";
import { cameraHash } from "./route.js";

/** Chooses the camera to look at; says of each that is not live what it is. */
export class Picker {
  #select = byId("stream-picker");
  #shown = "";

  constructor() {
    this.#select.addEventListener("change", () => {
      location.hash = cameraHash(this.#select.value);
    });
  }

  /** Shows the cameras, the given one selected. */
  update(cameras, selected) {
    const labels = cameras.map(({ id, name, state }) => [id, state === "live" ? name : `${name} (${state})`]);
    const shown = JSON.stringify(labels);
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#select.replaceChildren(...labels.map(([value, textContent]) => element("option", { value, textContent })));
    }
    if (selected && this.#select.value !== selected) {
      this.#select.value = selected;
    }
  }
}
