/** An `img` that shows one fetched picture after the other. */
export class PictureImage {
  #image;
  #address = null;

  constructor(image) {
    this.#image = image;
    image.decoding = "async";
  }

  /** When the shown picture was captured, in milliseconds; null while there is none. */
  get capturedAt() {
    const instant = this.#image.dataset.capturedAt;
    return instant ? Number(instant) : null;
  }

  /** Shows a picture as soon as it is loaded; calls `shown` then. */
  show({ blob, capturedAt }, shown = () => {}) {
    const address = URL.createObjectURL(blob);
    this.#address = address;
    const over = (loaded) => {
      URL.revokeObjectURL(address);
      if (this.#address !== address) {
        return;
      }
      this.#image.hidden = !loaded;
      if (loaded && capturedAt !== null) {
        this.#image.dataset.capturedAt = String(capturedAt);
        shown();
      }
    };
    this.#image.onload = () => over(true);
    this.#image.onerror = () => over(false);
    this.#image.src = address;
  }

  /** Shows nothing. */
  clear() {
    this.#address = null;
    this.#image.hidden = true;
    delete this.#image.dataset.capturedAt;
  }
}
