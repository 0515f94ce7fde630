import { serverTime } from "./clock.js";
import { element, showText } from "./dom.js";
import { isUnfamiliar } from "./familiar.js";
import { age } from "./format.js";
import { PictureImage } from "./picture-image.js";
import { cameraHash } from "./route.js";

/** How much later than it should a picture may be. */
const LATE_MS = 1000;

/** One camera of the grid: picture, state, name and last caption; a link to its own view. */
export class Tile {
  /** What belongs into the grid. */
  root;
  #image = element("img", { alt: "", width: 96, height: 96, hidden: true, className: "tile-picture" });
  #picture = new PictureImage(this.#image);
  #badge = element("p", { className: "badge" });
  #age = element("p", { className: "tile-age", hidden: true });
  #empty = element("p", { className: "tile-empty" });
  #reason = element("p", { className: "tile-reason", hidden: true });
  #link = element("a", { className: "tile-link" });
  #caption = element("p", { className: "tile-caption" });
  #camera;
  #captionAt = 0;

  constructor(camera) {
    this.#link.href = cameraHash(camera.id);
    this.root = element(
      "li",
      { className: "tile" },
      element("div", { className: "screen-box" }, this.#image, this.#empty, this.#badge, this.#age),
      element("h3", {}, this.#link),
      this.#reason,
      this.#caption,
    );
    this.root.dataset.id = camera.id;
    this.update(camera);
  }

  /** Shows what is new about the camera. */
  update(camera) {
    this.#camera = camera;
    if (this.root.dataset.state !== camera.state) {
      this.root.dataset.state = camera.state;
      this.#badge.dataset.state = camera.state;
      this.#badge.textContent = camera.state;
    }
    if (this.#link.textContent !== camera.name) {
      this.#link.textContent = camera.name;
    }
    if (this.#empty.textContent !== camera.pictureless) {
      this.#empty.textContent = camera.pictureless;
    }
    const failed = camera.state === "failed";
    showText(this.#reason, failed ? camera.reason : null);
    this.#caption.hidden = failed;
    if (failed) {
      this.#picture.clear();
    }
    this.#caption.classList.toggle("off", !camera.captions);
    if (!camera.captions) {
      this.#caption.textContent = "No captions";
    }
    this.tick();
  }

  /** Shows a picture. */
  show(picture) {
    if (this.#camera.state !== "failed") {
      this.#picture.show(picture, () => this.tick());
    }
  }

  /** Shows a caption; one of the past only where no later one is shown. */
  caption(caption, past = false) {
    const at = Date.parse(caption.window?.to ?? "") || 0;
    const newest = !past || at >= this.#captionAt;
    if (caption.text && (caption.status ?? "completed") === "completed" && newest) {
      this.#captionAt = at;
      this.#caption.textContent = isUnfamiliar(caption) ? `A guess: ${caption.text}` : caption.text;
      this.#caption.classList.toggle("unfamiliar", isUnfamiliar(caption));
    }
  }

  /** The tile comes into view: a picture from before it was last seen is not shown as new. */
  enter() {
    const { capturedAt } = this.#picture;
    if (this.#camera.state === "live" && capturedAt !== null && this.#isOld(serverTime() - capturedAt)) {
      this.#picture.clear();
    }
    this.tick();
  }

  #isOld(passed) {
    return passed > this.#camera.pictureEvery + LATE_MS;
  }

  /** Time has passed: says so where the picture is old. */
  tick() {
    const { capturedAt } = this.#picture;
    const passed = capturedAt === null ? 0 : serverTime() - capturedAt;
    this.#empty.hidden = capturedAt !== null && !this.#camera.over;
    showText(this.#age, this.#isOld(passed) && !this.#camera.over ? `${age(passed)} old` : null);
  }
}
