import { listStreams } from "./api.js";
import { Camera } from "./camera.js";

const PERIOD_MS = 5000;
const SOON_MS = 1500;
const BY_NAME = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/**
 * All cameras of the server, in the order of their names. Events: `listed` when the server has
 * listed them, `change` after that and when one of them changes its state, `away` when the server
 * does not answer, `back` when it does again.
 */
export class Cameras extends EventTarget {
  #all = new Map();
  #timer = 0;
  #round = 0;
  #away = false;

  /** Whether the server has listed its cameras at least once. */
  loaded = false;

  /** The cameras in the order of their names. */
  get list() {
    return [...this.#all.values()];
  }

  /** The camera with an id, or undefined. */
  get(id) {
    return this.#all.get(id);
  }

  /** Asks the server now, and every few seconds from then on. */
  async refresh() {
    const round = ++this.#round;
    clearTimeout(this.#timer);
    try {
      const entries = await listStreams();
      if (round !== this.#round) {
        return;
      }
      const cameras = entries.filter(({ id }) => id).map((entry) => new Camera(entry));
      cameras.sort((one, other) => BY_NAME.compare(one.name, other.name) || BY_NAME.compare(one.id, other.id));
      this.#all = new Map(cameras.map((camera) => [camera.id, camera]));
      this.loaded = true;
      if (this.#away) {
        this.#away = false;
        this.dispatchEvent(new Event("back"));
      }
      this.dispatchEvent(new Event("listed"));
      this.dispatchEvent(new Event("change"));
    } catch (error) {
      // What is known stays.
      if (round === this.#round && error.status === 0) {
        this.#away = true;
        this.dispatchEvent(new Event("away"));
      }
    }
    if (round === this.#round) {
      clearTimeout(this.#timer);
      const pictureIsDue = this.list.some(({ state, pictures }) => state === "live" && !pictures);
      this.#timer = setTimeout(() => this.refresh(), pictureIsDue ? SOON_MS : PERIOD_MS);
    }
  }

  /** Takes a state that the server reports between two lists. */
  status(id, { state, reason }) {
    const before = this.#all.get(id);
    const camera = before?.in(state, reason);
    if (camera && (camera.state !== before.state || camera.reason !== before.reason)) {
      this.#all.set(id, camera);
      this.dispatchEvent(new Event("change"));
      if (camera.state === "live" && !camera.pictures) {
        this.refresh();
      }
    }
  }
}
