import { serverTime } from "./clock.js";
import { byId, element } from "./dom.js";
import { captionWarning, isUnfamiliar } from "./familiar.js";
import { clock } from "./format.js";

const MOST = 100;
/** A caption that is older than the newest by more than this is not late: the clock was put back. */
const LONGEST_LATE_MS = 120_000;
const QUIET_MS = 500;

/** The timeline of what the model said it saw, newest on top. */
export class Captions {
  #list = byId("captions");
  #empty = byId("captions-empty");
  #known = new Set();

  /** Forgets all. */
  clear() {
    this.#known.clear();
    this.#list.replaceChildren();
    this.#empty.hidden = false;
  }

  /** Adds captions of the past, without having them read aloud. */
  addAll(captions) {
    this.#list.setAttribute("aria-live", "off");
    captions.forEach((caption) => this.#insert(caption));
    setTimeout(() => this.#list.setAttribute("aria-live", "polite"), QUIET_MS);
  }

  /** Adds a caption that has just come; those of a clock that ran ahead and was put back go. */
  add(caption) {
    const latest = Date.parse(caption?.window?.to ?? "") + LONGEST_LATE_MS;
    [...this.#list.children].filter((item) => Number(item.dataset.at) > latest).forEach((item) => this.#remove(item));
    this.#insert(caption);
  }

  #remove(item) {
    this.#known.delete(item.dataset.key);
    item.remove();
  }

  /** In its place; one that is known already, or that failed, is passed over. */
  #insert(caption) {
    if (!caption?.text || (caption.status && caption.status !== "completed")) {
      return;
    }
    const at = caption.window?.to ?? new Date(serverTime()).toISOString();
    const key = caption.id ?? `${at} ${caption.text}`;
    if (this.#known.has(key)) {
      return;
    }
    this.#known.add(key);
    const item = element(
      "li",
      {},
      element("time", { dateTime: at, textContent: clock(at) }),
      element("p", { className: "caption-text", textContent: caption.text }),
    );
    if (isUnfamiliar(caption)) {
      item.classList.add("unfamiliar");
      item.append(captionWarning());
    }
    item.dataset.at = String(Date.parse(at));
    item.dataset.key = key;
    const older = [...this.#list.children].find((other) => Number(other.dataset.at) <= Number(item.dataset.at));
    this.#list.insertBefore(item, older ?? null);
    while (this.#list.children.length > MOST) {
      this.#remove(this.#list.lastElementChild);
    }
    this.#empty.hidden = true;
  }
}
