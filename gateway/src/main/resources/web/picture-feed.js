import { newestPicture } from "./api.js";
import { serverTime } from "./clock.js";

/** From a capture until the server has the picture, about. */
const WAY_MS = 200;
const RETRY_MS = 500;
const PAUSE_AFTER_FAILURE_MS = 3000;
const LOOK_MS = 100;

/** Browsers open six connections to a server; two are left for questions and lists. */
const MOST_AT_ONCE = 4;

/**
 * Fetches the pictures of the cameras that are in view, the one that waits longest first, few at
 * once. A camera of which the server has no picture is not asked for, and one that sends no new
 * ones only once. A page in the background fetches nothing.
 */
export class PictureFeed {
  #cameras;
  #watched = new Map();
  #running = 0;

  constructor(cameras) {
    this.#cameras = cameras;
    setInterval(() => this.#look(), LOOK_MS);
  }

  /** Calls `show({blob, capturedAt})` for each picture from now on; replaces who watched it before. */
  watch(id, show) {
    this.#watched.set(id, { id, show, due: 0, shown: -Infinity, busy: false });
    this.#look();
  }

  /** Fetches no more pictures of a camera. */
  unwatch(id) {
    this.#watched.delete(id);
  }

  #look() {
    if (document.hidden) {
      return;
    }
    const now = performance.now();
    const waiting = [...this.#watched.values()].filter((entry) => this.#isDue(entry, now));
    waiting.sort((one, other) => one.due - other.due);
    waiting.slice(0, MOST_AT_ONCE - this.#running).forEach((entry) => this.#fetch(entry));
  }

  #isDue(entry, now) {
    const camera = this.#cameras.get(entry.id);
    if (entry.busy || entry.due > now || !camera?.pictures) {
      return false;
    }
    return camera.state === "live" || entry.shown < camera.pictures.to;
  }

  /** Milliseconds until the server has the picture after the one that is shown. */
  #untilNext({ id, shown }) {
    const every = this.#cameras.get(id)?.pictureEvery ?? 0;
    return Math.min(shown + every - serverTime(), every) + WAY_MS;
  }

  async #fetch(entry) {
    const started = performance.now();
    entry.busy = true;
    this.#running += 1;
    try {
      const picture = await newestPicture(entry.id);
      entry.due = started + RETRY_MS;
      if (this.#watched.get(entry.id) === entry && picture.capturedAt !== entry.shown) {
        entry.shown = picture.capturedAt;
        entry.due = Math.max(entry.due, performance.now() + this.#untilNext(entry));
        entry.show(picture);
      }
    } catch {
      entry.due = performance.now() + PAUSE_AFTER_FAILURE_MS;
    } finally {
      entry.busy = false;
      this.#running -= 1;
      this.#look();
    }
  }
}
