import { suggestions } from "./api.js";
import { byId, element } from "./dom.js";

/** Questions that fit the model that is served, one click each; none where it names none. */
export class Suggested {
  #list = byId("chips");
  #ask;

  /** `ask(text)` asks one of them. */
  constructor(ask) {
    this.#ask = ask;
  }

  /** Whether there are none yet: a model may be served later than the page. */
  get none() {
    return this.#list.hidden;
  }

  /** Asks the server which they are: another model has others. */
  async refresh() {
    const texts = await suggestions();
    const chip = (textContent) => element("button", { type: "button", textContent, onclick: () => this.#ask(textContent) });
    this.#list.replaceChildren(...texts.map((text) => element("li", {}, chip(text))));
    this.#list.hidden = texts.length === 0;
  }
}
