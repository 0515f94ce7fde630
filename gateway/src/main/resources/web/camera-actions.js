import { changeStream, removeStream } from "./api.js";
import { byId, showText } from "./dom.js";

/** Pauses, resumes, edits and removes the camera that is shown. */
export class CameraActions {
  #shown;
  #removes;
  #changed;
  #dialog = byId("remove-dialog");
  #leaving = null;

  /**
   * `shown()` is the camera in view, `edit(camera)` opens its form, `removes(id)` comes before one is
   * removed, with null where that failed, and `changed(id, removed)` after all that was done.
   */
  constructor({ shown, edit, removes, changed }) {
    this.#shown = shown;
    this.#removes = removes;
    this.#changed = changed;
    byId("camera-pause").addEventListener("click", () => this.#toggle());
    byId("camera-edit").addEventListener("click", () => edit(shown()));
    byId("camera-remove").addEventListener("click", () => this.#askToRemove());
    byId("remove-cancel").addEventListener("click", () => this.#dialog.close());
    byId("remove-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#remove();
    });
  }

  async #toggle() {
    const { id, name, enabled } = this.#shown();
    const button = byId("camera-pause");
    button.setAttribute("aria-disabled", "true");
    try {
      await changeStream(id, { enabled: !enabled });
      showText(byId("notice"), null);
      byId("announce").textContent = `${name} is ${enabled ? "paused" : "resumed"}`;
      this.#changed(id, false);
    } catch (error) {
      showText(byId("notice"), `${name} was not ${enabled ? "paused" : "resumed"}: ${error.message}`);
    } finally {
      button.removeAttribute("aria-disabled");
    }
  }

  #askToRemove() {
    this.#leaving = this.#shown();
    byId("remove-title").textContent = `Remove ${this.#leaving.name}?`;
    showText(byId("remove-error"), null);
    this.#dialog.showModal();
  }

  async #remove() {
    const { id, name } = this.#leaving;
    byId("remove-confirm").disabled = true;
    this.#removes(id);
    try {
      await removeStream(id);
      this.#dialog.close();
      byId("announce").textContent = `${name} is removed`;
      this.#changed(id, true);
    } catch (error) {
      this.#removes(null);
      showText(byId("remove-error"), `Not removed: ${error.message}`);
    } finally {
      byId("remove-confirm").disabled = false;
    }
  }
}
