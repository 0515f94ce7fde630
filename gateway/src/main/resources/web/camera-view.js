import { captionsSince } from "./api.js";
import { serverTime } from "./clock.js";
import { byId, showText } from "./dom.js";

const CAPTION_HISTORY_MS = 10 * 60 * 1000;

/** One camera: its picture, its captions and what was asked about it. */
export class CameraView {
  #picture;
  #captions;
  #answers;
  #examples;
  #subscriptions;
  #camera = null;
  #connected = false;

  constructor({ picture, captions, answers, examples, subscriptions }) {
    this.#picture = picture;
    this.#captions = captions;
    this.#answers = answers;
    this.#examples = examples;
    this.#subscriptions = subscriptions;
    byId("ask-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const box = byId("question");
      if (this.ask(box.value.trim())) {
        box.value = "";
        box.focus();
      }
    });
  }

  /** The camera that is shown, or null. */
  get camera() {
    return this.#camera;
  }

  /** Shows a camera. */
  open(camera) {
    this.close();
    this.#camera = camera;
    this.#captions.clear();
    this.#picture.watch(camera);
    this.#subscriptions.follow(camera.id);
    this.#answers.show(camera.id);
    this.#examples.show(camera.id);
    this.update(camera);
    this.loadCaptions();
  }

  /** Shows no camera any more. */
  close() {
    if (this.#camera) {
      this.#subscriptions.unfollow(this.#camera.id);
      this.#picture.leave();
      this.#camera = null;
    }
  }

  /** Shows what is new about the camera. */
  update(camera) {
    this.#camera = camera;
    this.#picture.update(camera);
    byId("camera-name").textContent = camera.name;
    showText(byId("camera-id"), camera.name === camera.id ? null : camera.id);
    byId("camera-pause").textContent = camera.enabled ? "Pause" : "Resume";
    byId("captions-empty").textContent = camera.captions
      ? "The model describes what it sees here, as it happens."
      : "Captions are switched off for this camera.";
    this.#showAsking();
  }

  /** The connection to the server is there, or lost. */
  connected(connected) {
    this.#connected = connected;
    if (this.#camera) {
      this.#showAsking();
    }
  }

  /** Reads the captions of the last minutes. */
  async loadCaptions() {
    if (!this.#camera) {
      return;
    }
    const { id } = this.#camera;
    const past = await captionsSince(id, new Date(serverTime() - CAPTION_HISTORY_MS)).catch(() => []);
    if (this.#camera?.id === id) {
      this.#captions.addAll(past);
    }
  }

  /** Asks about this camera; false where that is not possible now. */
  ask(text) {
    return Boolean(text) && Boolean(this.#camera?.asking.open) && this.#answers.ask(this.#camera.id, text);
  }

  #showAsking() {
    const { open, text } = this.#camera.asking;
    showText(byId("ask-hint"), text);
    byId("ask-hint").dataset.open = String(open);
    byId("question").disabled = !open;
    const able = open && this.#connected;
    byId("ask").disabled = !able;
    byId("chips").querySelectorAll("button").forEach((chip) => {
      chip.disabled = !able;
    });
  }
}
