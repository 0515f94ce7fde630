import { addStream, listStreams } from "./api.js";
import { byId, element, showText } from "./dom.js";

const PERIOD_MS = 5000;

/**
 * Which cameras there are and which one is watched.
 *
 * Events: `select` (detail: stream id), `status` (detail: `{id, state, reason}` of the watched one).
 */
export class Streams extends EventTarget {
  #picker = byId("stream-picker");
  #panel = byId("add");
  #opener = byId("add-open");
  #selected = null;
  #known = [];
  #timer = 0;

  constructor() {
    super();
    this.#picker.addEventListener("change", () => this.#select(this.#picker.value));
    this.#opener.addEventListener("click", () => this.#showForm(this.#panel.hidden, true));
    byId("add-close").addEventListener("click", () => this.#showForm(false, true));
    this.#panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#known.length > 0) {
        this.#showForm(false, true);
      }
    });
    byId("add-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#add(event.target);
    });
    window.addEventListener("hashchange", () => this.#follow());
  }

  /** The watched stream, or null. */
  get selected() {
    return this.#selected;
  }

  /** Looks now, and every few seconds from then on. */
  async refresh() {
    clearTimeout(this.#timer);
    try {
      this.#show(await listStreams());
    } catch {
      // The connection says that the server is away; what is known stays.
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.refresh(), PERIOD_MS);
  }

  #show(streams) {
    const ids = streams.map(({ id }) => id).filter(Boolean).sort();
    if (ids.join() !== this.#known.join() || this.#picker.options.length !== ids.length) {
      this.#known = ids;
      this.#picker.replaceChildren(...ids.map((id) => element("option", { value: id, textContent: id })));
      if (this.#selected) {
        this.#picker.value = this.#selected;
      }
    }
    const none = ids.length === 0;
    byId("stage").hidden = none;
    byId("picker-label").hidden = none;
    this.#opener.hidden = none;
    byId("add-close").hidden = none;
    byId("add-title").textContent = none ? "Add the first camera" : "Add a camera";
    if (none) {
      this.#selected = null;
      this.#showForm(true, false);
      return;
    }
    if (!ids.includes(this.#selected)) {
      const live = streams.filter(({ state }) => state === "live").map(({ id }) => id).sort();
      this.#select(ids.includes(wantedStream()) ? wantedStream() : (live[0] ?? ids[0]));
      this.#showForm(false, false);
    }
    const current = streams.find(({ id }) => id === this.#selected);
    if (current?.state) {
      this.dispatchEvent(new CustomEvent("status", { detail: current }));
    }
  }

  #select(id) {
    if (id === this.#selected) {
      return;
    }
    this.#selected = id;
    this.#picker.value = id;
    history.replaceState(null, "", `#${id}`);
    this.dispatchEvent(new CustomEvent("select", { detail: id }));
  }

  #follow() {
    if (this.#known.includes(wantedStream())) {
      this.#select(wantedStream());
    }
  }

  #showForm(shown, moveFocus) {
    this.#panel.hidden = !shown;
    this.#opener.setAttribute("aria-expanded", String(shown));
    if (moveFocus) {
      (shown ? byId("add-form").elements.id : this.#opener).focus();
    }
  }

  async #add(form) {
    const { id, uri, captions } = form.elements;
    const submit = form.querySelector("[type=submit]");
    submit.disabled = true;
    showText(byId("add-error"), null);
    try {
      await addStream({ id: id.value.trim(), uri: uri.value.trim(), captions: captions.checked });
      this.#known = [];
      this.#showForm(false, false);
      await this.refresh();
      if (this.#known.includes(id.value.trim())) {
        this.#select(id.value.trim());
      }
      this.#picker.focus();
    } catch (error) {
      showText(byId("add-error"), `Not added: ${error.message}`);
    } finally {
      submit.disabled = false;
    }
  }
}

/** The stream that the page's address names; stream ids need no escaping there. */
function wantedStream() {
  return location.hash.slice(1);
}
