import { newestFrame } from "./api.js";
import { byId, showText } from "./dom.js";
import { age, sentence } from "./format.js";

const PERIOD_MS = 1000;
const LOADING_LIMIT_MS = 8000;
const STALE_MS = 5000;
const STATES = ["connecting", "live", "stalled", "ended", "failed"];

/** The live picture of one stream, its age and what is known of the stream. */
export class Picture {
  #image = byId("live-frame");
  #empty = byId("screen-empty");
  #ages = byId("frame-age");
  #canvas = document.createElement("canvas");
  #stream = null;
  #counter = Date.now();
  #timer = 0;
  #print = null;
  #changedAt = 0;
  #changes = 0;
  #state = "connecting";

  constructor() {
    this.#image.addEventListener("load", () => this.#loaded());
    this.#image.addEventListener("error", () => this.#missing());
    document.addEventListener("visibilitychange", () => this.#next(0));
    setInterval(() => this.#showAge(), PERIOD_MS);
  }

  /** Shows another stream. */
  watch(stream) {
    this.#stream = stream;
    this.#print = null;
    this.#changes = 0;
    this.#image.hidden = true;
    this.#image.alt = `Live picture of ${stream}`;
    this.#empty.hidden = false;
    this.#ages.textContent = "";
    byId("frame-size").textContent = "The model sees one picture a second";
    this.#explain();
    this.#next(0);
  }

  /** Shows the stream's state and its reason. */
  status(state, reason) {
    this.#state = STATES.includes(state) ? state : "connecting";
    const badge = byId("status");
    if (badge.dataset.state !== this.#state || badge.textContent !== this.#state) {
      badge.dataset.state = this.#state;
      badge.textContent = this.#state;
    }
    showText(byId("status-reason"), reason && sentence(reason));
    this.#explain();
  }

  #next(delay) {
    clearTimeout(this.#timer);
    // A page that nobody looks at asks for no pictures.
    if (this.#stream && !document.hidden) {
      this.#timer = setTimeout(() => this.#load(), delay);
    }
  }

  #load() {
    this.#counter += 1;
    this.#image.src = newestFrame(this.#stream, this.#counter);
    this.#next(LOADING_LIMIT_MS);
  }

  #loaded() {
    this.#image.hidden = false;
    this.#empty.hidden = true;
    const { naturalWidth: width, naturalHeight: height } = this.#image;
    byId("frame-size").textContent = `The model sees ${width} × ${height} pixels`;
    const print = this.#fingerprint();
    if (print !== this.#print) {
      this.#print = print;
      this.#changedAt = Date.now();
      this.#changes += 1;
    }
    this.#showAge();
    this.#next(PERIOD_MS);
  }

  #missing() {
    this.#image.hidden = true;
    this.#empty.hidden = false;
    this.#explain();
    this.#next(PERIOD_MS);
  }

  #explain() {
    const over = this.#state === "failed" || this.#state === "ended";
    this.#empty.textContent = over
      ? "No picture"
      : this.#changes > 0
        ? "No picture just now"
        : "Waiting for the first picture";
  }

  #showAge() {
    if (this.#image.hidden || this.#changes === 0) {
      this.#ages.textContent = "";
      return;
    }
    const passed = Date.now() - this.#changedAt;
    const stale = passed > STALE_MS;
    // The age of a picture that was already there when the page came is not known.
    const unknown = this.#changes === 1 && this.#state !== "live";
    this.#ages.textContent = unknown
      ? "last picture"
      : stale
        ? `no new picture for ${age(passed)}`
        : passed < 1500
          ? "just now"
          : `${age(passed)} old`;
    this.#ages.classList.toggle("stale", stale || unknown);
  }

  /** A number that changes with the picture: a camera's noise makes no two frames alike. */
  #fingerprint() {
    this.#canvas.width = 32;
    this.#canvas.height = 32;
    const context = this.#canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(this.#image, 0, 0, 32, 32);
    return context.getImageData(0, 0, 32, 32).data.reduce((sum, value) => (sum * 31 + value) | 0, 7);
  }
}
