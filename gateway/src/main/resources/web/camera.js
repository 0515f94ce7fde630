import { sentence } from "./format.js";

const STATES = new Set(["connecting", "live", "stalled", "ended", "failed"]);

/** What asking comes to in a state; a camera in any other state is asked without a word. */
const ASKING = {
  failed: { open: false, text: "This camera has failed, so there is nothing to ask about." },
  paused: { open: false, text: "This camera is paused. Resume it to ask about it." },
  ended: { open: true, text: "The recording has ended: a question about now will fail." },
  stalled: { open: true, text: "No pictures come at the moment: a question about now may fail." },
  connecting: { open: true, text: "No picture has come yet: a question will fail until one does." },
};

/**
 * A camera as this page knows it, made from an entry of the server's list. Its `id` is the key
 * everywhere and never changes; its `name` is for people.
 */
export class Camera {
  constructor({ id, uri = "", enabled = true, captions = true, labels, snapshotSeconds = 2, state, reason, pictures }) {
    this.id = id;
    this.uri = uri;
    this.enabled = enabled;
    this.captions = captions;
    this.labels = labels ?? {};
    this.snapshotSeconds = snapshotSeconds;
    this.name = this.labels.name?.trim() || id;
    /** `paused` where it is switched off, whatever it did last. */
    this.state = !enabled ? "paused" : STATES.has(state) ? state : "connecting";
    this.reason = enabled && reason ? sentence(reason) : null;
    /** The instants in milliseconds between which the server has pictures, or null. */
    this.pictures = pictures ? { from: Date.parse(pictures.from), to: Date.parse(pictures.to) } : null;
  }

  /** The same camera in another state. */
  in(state, reason) {
    const pictures = this.pictures && { from: new Date(this.pictures.from), to: new Date(this.pictures.to) };
    return new Camera({ ...this, state, reason, pictures });
  }

  /** Milliseconds between two pictures. */
  get pictureEvery() {
    return this.snapshotSeconds * 1000;
  }

  /** Whether pictures are still to come. */
  get over() {
    return this.state === "failed" || this.state === "ended" || this.state === "paused";
  }

  /** Whether questions make sense now, `{open, text}`; `text` says why not. */
  get asking() {
    return ASKING[this.state] ?? { open: true, text: null };
  }

  /** What to show where a picture would be. */
  get pictureless() {
    const words = { failed: "Failed", ended: "Ended", paused: "Paused", stalled: "No pictures come" };
    return words[this.state] ?? "Waiting for the first picture";
  }
}
