import { byId } from "./dom.js";

/** One picture, large, with its neighbours by the arrow keys; Escape closes it. */
export class PictureDialog {
  #dialog = byId("picture-dialog");
  #pictures = [];
  #place = 0;

  constructor() {
    byId("picture-close").addEventListener("click", () => this.#dialog.close());
    byId("picture-earlier").addEventListener("click", () => this.#move(-1));
    byId("picture-later").addEventListener("click", () => this.#move(1));
    this.#dialog.addEventListener("keydown", ({ key }) => {
      this.#move(key === "ArrowLeft" ? -1 : key === "ArrowRight" ? 1 : 0);
    });
    this.#dialog.addEventListener("click", ({ target }) => {
      if (target === this.#dialog) {
        this.#dialog.close();
      }
    });
  }

  /** Opens with one of the pictures `{address, title}`. */
  open(pictures, place) {
    this.#pictures = pictures;
    this.#place = place;
    this.#show();
    this.#dialog.showModal();
  }

  #move(step) {
    const place = this.#place + step;
    if (step !== 0 && place >= 0 && place < this.#pictures.length) {
      this.#place = place;
      this.#show();
    }
  }

  #show() {
    const { address, title } = this.#pictures[this.#place];
    const image = byId("picture-large");
    image.src = address;
    image.alt = title;
    byId("picture-title").textContent = `${title} (${this.#place + 1} of ${this.#pictures.length})`;
    // Kept focusable at the ends: a button that vanishes under the finger takes the focus with it.
    byId("picture-earlier").setAttribute("aria-disabled", String(this.#place === 0));
    byId("picture-later").setAttribute("aria-disabled", String(this.#place === this.#pictures.length - 1));
  }
}
