import { byId, element } from "./dom.js";

const MOST = 32;

/**
 * Answered questions that the model is shown before every further one about the same camera. A
 * person may correct their answers; what has none is not shown.
 */
export class Examples {
  #panel = byId("examples");
  #list = byId("examples-list");
  #examples = new Map();

  /** Adds an example `{window: {from, to}, question, answer}`; the oldest makes room. */
  add(stream, example) {
    const answer = element("input", { type: "text", value: example.answer, maxLength: 1000, autocomplete: "off" });
    answer.setAttribute("aria-label", `Right answer to: ${example.question}`);
    const remove = element("button", { type: "button", className: "quiet", textContent: "Remove" });
    remove.setAttribute("aria-label", `Remove the example: ${example.question}`);
    const item = element("li", {}, element("span", { textContent: `${stream} · ${example.question}` }), answer, remove);
    remove.onclick = () => {
      this.#remove(item);
      byId("question").focus();
    };
    this.#examples.set(item, { stream, read: () => ({ ...example, answer: answer.value.trim() }) });
    this.#list.append(item);
    if (this.#examples.size > MOST) {
      this.#remove(this.#list.firstElementChild);
    }
    this.#panel.hidden = false;
    answer.select();
  }

  /** What to send with a question about a camera; undefined where there is nothing. */
  shown(stream) {
    const own = [...this.#examples.values()].filter((example) => example.stream === stream);
    const shown = own.map(({ read }) => read()).filter(({ answer }) => answer);
    return shown.length ? shown : undefined;
  }

  #remove(item) {
    this.#examples.delete(item);
    item.remove();
    this.#panel.hidden = this.#examples.size === 0;
  }
}
