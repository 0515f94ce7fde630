import { byId, element } from "./dom.js";
import { KeptList } from "./kept-list.js";

const MOST = 32;
const MOST_BYTES = 128 * 1024;

/**
 * Answered questions that the model is shown before every further one about the same camera, kept
 * over a reload. A person may correct their answers; what has none is not shown.
 */
export class Examples {
  #kept = new KeptList("flamingo.examples", MOST_BYTES);
  #panel = byId("examples");
  #list = byId("examples-list");
  #examples = new Map();
  #stream = null;

  constructor() {
    this.#kept
      .load()
      .filter(({ stream, question, window: seen }) => stream && question && seen)
      .slice(-MOST)
      .forEach(({ stream, ...example }) => this.#append(stream, example));
  }

  /** Lists the examples of a camera. */
  show(stream) {
    this.#stream = stream;
    this.#showPanel();
  }

  /** Adds an example `{window: {from, to}, question, answer}`; the oldest makes room. */
  add(stream, example) {
    const answer = this.#append(stream, example);
    if (this.#examples.size > MOST) {
      this.#remove(this.#list.firstElementChild);
    }
    this.#save();
    this.#showPanel();
    answer.select();
  }

  /** What to send with a question about a camera; undefined where there is nothing. */
  shown(stream) {
    const shown = this.#all()
      .filter((example) => example.stream === stream && example.answer)
      .map(({ window: seen, question, answer }) => ({ window: seen, question, answer }));
    return shown.length ? shown : undefined;
  }

  #append(stream, { window: seen, question, answer: text }) {
    const answer = element("input", { type: "text", value: text ?? "", maxLength: 1000, autocomplete: "off" });
    answer.setAttribute("aria-label", `Right answer to: ${question}`);
    answer.addEventListener("input", () => this.#save());
    const remove = element("button", { type: "button", className: "quiet", textContent: "Remove" });
    remove.setAttribute("aria-label", `Remove the example: ${question}`);
    const item = element("li", {}, element("span", { textContent: question }), answer, remove);
    remove.onclick = () => {
      this.#remove(item);
      this.#save();
      byId("question").focus();
    };
    this.#examples.set(item, { stream, read: () => ({ stream, window: seen, question, answer: answer.value.trim() }) });
    this.#list.append(item);
    return answer;
  }

  #all() {
    return [...this.#examples.values()].map(({ read }) => read());
  }

  #remove(item) {
    this.#examples.delete(item);
    item.remove();
    this.#showPanel();
  }

  #save() {
    this.#kept.save(this.#all());
  }

  #showPanel() {
    for (const [item, { stream }] of this.#examples) {
      item.hidden = stream !== this.#stream;
    }
    this.#panel.hidden = ![...this.#examples.values()].some(({ stream }) => stream === this.#stream);
  }
}
