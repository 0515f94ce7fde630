import { serverTime } from "./clock.js";
import { byId, showText } from "./dom.js";
import { age } from "./format.js";
import { PictureImage } from "./picture-image.js";

const TICK_MS = 1000;

/** How much later than it should a picture may be, and still be fresh; and not yet stale. */
const FRESH_MS = 1000;
const STALE_MS = 3000;

/** The large picture of one camera, its age, and what is known of the camera's state. */
export class Picture {
  #feed;
  #element = byId("live-frame");
  #image = new PictureImage(this.#element);
  #ages = byId("frame-age");
  #camera = null;

  constructor(feed) {
    this.#feed = feed;
    setInterval(() => this.#showAge(), TICK_MS);
  }

  /** Shows another camera. */
  watch(camera) {
    this.#image.clear();
    this.update(camera);
    this.#feed.watch(camera.id, (picture) => {
      if (this.#camera.state !== "failed") {
        this.#image.show(picture, () => this.#shown());
      }
    });
  }

  /** Shows nothing any more. */
  leave() {
    if (this.#camera) {
      this.#feed.unwatch(this.#camera.id);
      this.#camera = null;
    }
    this.#image.clear();
  }

  /** Shows what is new about the camera. */
  update(camera) {
    const { state } = camera;
    this.#camera = camera;
    this.#element.alt = `Live picture of ${camera.name}`;
    byId("screen-box").dataset.state = state;
    const badge = byId("status");
    if (badge.dataset.state !== state || badge.textContent !== state) {
      badge.dataset.state = state;
      badge.textContent = state;
    }
    if (state === "failed") {
      this.#image.clear();
    }
    // A reason stands large where there is no picture to look at, and below one that is.
    const large = state === "failed" || this.#image.capturedAt === null;
    byId("screen-word").textContent = camera.pictureless;
    showText(byId("screen-reason"), large ? camera.reason : null);
    showText(byId("status-reason"), large ? null : camera.reason);
    const { naturalWidth: width, naturalHeight: height } = this.#element;
    showText(byId("frame-size"), this.#image.capturedAt === null ? null : `${width} × ${height} pixels`);
    this.#showAge();
  }

  #shown() {
    if (this.#camera) {
      this.update(this.#camera);
    }
  }

  #showAge() {
    const { capturedAt } = this.#image;
    byId("screen-empty").hidden = capturedAt !== null && !this.#camera?.over;
    if (capturedAt === null || !this.#camera) {
      this.#ages.textContent = "";
      return;
    }
    const passed = serverTime() - capturedAt;
    const late = passed - this.#camera.pictureEvery;
    const stale = late > STALE_MS;
    const fresh = late < FRESH_MS ? "just now" : `${age(passed)} old`;
    this.#ages.textContent = stale ? `last picture ${age(passed)} ago` : fresh;
    this.#ages.classList.toggle("stale", stale);
  }
}
