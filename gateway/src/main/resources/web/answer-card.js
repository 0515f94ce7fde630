import { frameAt } from "./api.js";
import { element } from "./dom.js";
import { clock, duration, sentence } from "./format.js";

/**
 * One question and what became of it. States: `waiting`, `speaking`, `completed`, `failed`,
 * `cancelled`, `lost`.
 */
export class AnswerCard {
  /** What belongs into the list. */
  root;
  #question;
  #stream;
  #state = "waiting";
  #attempt = 0;
  #pieces = [];
  #text = element("p", { className: "answer-text", "data-testid": "answer-text" });
  #details = element("div", { className: "details" });
  #cancel;
  #again;
  #teach;
  #seen = null;

  /** `actions`: `cancel()`, `again()`, and `teach(example)` for what is to be an example. */
  constructor(question, stream, actions) {
    this.#question = question;
    this.#stream = stream;
    this.#cancel = element("button", { type: "button", className: "quiet", textContent: "Cancel", onclick: actions.cancel });
    this.#again = element("button", { type: "button", className: "quiet", textContent: "Ask again", onclick: actions.again, hidden: true });
    this.#cancel.setAttribute("aria-label", `Cancel: ${question}`);
    this.#again.setAttribute("aria-label", `Ask again: ${question}`);
    this.#teach = element("button", { type: "button", className: "quiet", textContent: "Use as example", hidden: true });
    this.#teach.setAttribute("aria-label", `Use as example: ${question}`);
    this.#teach.onclick = () => actions.teach({ window: this.#seen, question, answer: this.#text.textContent });
    const asked = new Date().toISOString();
    this.root = element(
      "li",
      { className: "card" },
      element(
        "div",
        { className: "card-head" },
        element("h3", { textContent: question }),
        element("p", { className: "asked" }, `${stream} · `, element("time", { dateTime: asked, textContent: clock(asked) })),
      ),
      this.#text,
      this.#details,
      element("div", { className: "card-actions" }, this.#cancel, this.#again, this.#teach),
    );
    this.#enter("waiting", "");
  }

  /** Whether an answer is still to come. */
  get running() {
    return this.#state === "waiting" || this.#state === "speaking";
  }

  /** Whether the connection was lost before the answer came. */
  get lost() {
    return this.#state === "lost";
  }

  /** Whether the server has shown in any way that it knows the question. */
  acknowledged = false;

  /** Adds words; a later attempt begins anew. */
  delta({ attempt = 0, index, text = "" }) {
    if (!this.running || attempt < this.#attempt) {
      return;
    }
    if (attempt > this.#attempt) {
      this.#attempt = attempt;
      this.#pieces = [];
    }
    // The place is the server's: a piece that comes twice or late does not garble the text.
    this.#pieces[Number.isInteger(index) && index >= 0 && index < 4096 ? index : this.#pieces.length] = text;
    this.#enter("speaking", this.#pieces.join("").trimStart());
  }

  /** The final answer, by its `status`. */
  finish(answer) {
    if (answer.status === "failed") {
      this.fail(answer.error?.code, answer.error?.message, answer);
    } else if (answer.status === "cancelled") {
      this.#enter("cancelled", this.#spoken() || "Cancelled");
      this.#describe(answer);
    } else {
      this.#enter("completed", answer.text ?? "");
      this.#describe(answer);
      this.#seen = answer.window?.from && answer.window.to ? { from: answer.window.from, to: answer.window.to } : null;
      this.#teach.hidden = this.#seen === null;
    }
  }

  /** There is no answer, and this is why. */
  fail(code, message, answer = {}) {
    this.#enter("failed", message ? sentence(message) : "The question could not be answered.");
    this.#describe({ ...answer, code: code ?? "internal" });
  }

  /** The connection went away, or the server fell silent. */
  lose(why) {
    this.#enter("lost", this.#spoken());
    this.#details.replaceChildren(element("p", { className: "note", textContent: why }));
  }

  /** A sentence for people who listen. */
  get spoken() {
    return `${this.#question} ${this.#text.textContent}`;
  }

  #spoken() {
    return this.#pieces.join("").trim();
  }

  #enter(state, text) {
    this.#state = state;
    this.root.dataset.state = state;
    this.#text.textContent = text;
    this.root.setAttribute("aria-busy", String(this.running));
    const focused = document.activeElement === this.#cancel;
    this.#cancel.hidden = !this.running;
    this.#again.hidden = this.running || state === "completed";
    if (focused && !this.running) {
      (this.#again.hidden ? document.getElementById("question") : this.#again).focus();
    }
  }

  #describe(answer) {
    const { timings, confidence, model, window: seen } = answer;
    const facts = element("dl", { className: "facts" });
    const fact = (name, ...value) => facts.append(element("div", {}, element("dt", { textContent: name }), element("dd", {}, ...value)));
    if (answer.code) {
      fact("Error", element("code", { textContent: answer.code }));
    }
    if (Number.isFinite(confidence)) {
      const share = Math.round(Math.min(1, Math.max(0, confidence)) * 100);
      const fill = element("span", { className: "fill" });
      fill.style.setProperty("width", `${share}%`);
      fact("Confidence", element("span", { className: "gauge", ariaHidden: "true" }, fill), `${share} %`);
    }
    if (Number.isFinite(timings?.total)) {
      fact("Answered in", duration(timings.total));
    }
    if (Number.isFinite(timings?.firstToken)) {
      fact("First word", duration(timings.firstToken));
    }
    if (answer.finish === "length") {
      fact("Ended", "at the length limit");
    }
    this.#details.replaceChildren();
    if (seen?.frames?.length) {
      this.#details.append(this.#film(answer.stream ?? this.#stream, seen));
    }
    if (facts.children.length) {
      this.#details.append(facts);
    }
    if (model) {
      const short = model.replace(/([0-9a-f]{12})[0-9a-f]{8,}/g, "$1…");
      this.#details.append(element("p", { className: "model", title: model, textContent: short }));
    }
  }

  #film(stream, seen) {
    const pictures = seen.frames.slice(-16).map((instant) => {
      const picture = element("img", {
        loading: "lazy",
        alt: `Frame at ${clock(instant)}`,
        title: clock(instant),
        width: 56,
        height: 56,
        src: frameAt(stream, instant),
      });
      picture.addEventListener("error", () => {
        picture.hidden = true;
      });
      return picture;
    });
    const from = clock(seen.from ?? seen.frames[0]);
    const to = clock(seen.to ?? seen.frames.at(-1));
    const span = from === to ? from : `${from} to ${to}`;
    return element(
      "figure",
      { className: "film" },
      element("div", { className: "film-strip" }, ...pictures),
      element("figcaption", { textContent: `Looked at ${span}` }),
    );
  }
}
