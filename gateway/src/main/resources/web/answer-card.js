import { answerFacts } from "./answer-facts.js";
import { byId, element } from "./dom.js";
import { answerWarning, isUnfamiliar } from "./familiar.js";
import { film } from "./film.js";
import { clock, sentence } from "./format.js";
import { answerHash } from "./route.js";

const UNSURE = 0.5;

/**
 * One question and what became of it. States: `waiting`, `speaking`, `completed`, `failed`,
 * `cancelled`, `lost`.
 */
export class AnswerCard {
  /** What belongs into the list. */
  root;
  /** The client's own id of the question while this page waits for its answer. */
  id = null;
  #question;
  #stream;
  #actions;
  #key = null;
  #state = "waiting";
  #attempt = 0;
  #pieces = [];
  #seen = null;
  #time;
  #text = element("p", { className: "answer-text", "data-testid": "answer-text" });
  #notes = element("div", { className: "notes" });
  #details = element("div", { className: "details" });
  #cancel = this.#button("Cancel", () => this.#actions.cancel());
  #again = this.#button("Ask again", () => this.#actions.again());
  #teach = this.#button("Use as example", () => this.#actions.teach({ window: this.#seen, question: this.#question, answer: this.text }));
  #copy = this.#button("Copy link", () => this.#actions.copy(answerHash(this.#key), this.#copy));

  /**
   * `asked` is when, in milliseconds; `examples` how many were shown to the model. `actions`:
   * `enlarge(pictures, place)`, `oldest(stream)`, `copy(hash, button)`, and where they make sense
   * `cancel()`, `again()` and `teach(example)`.
   */
  constructor({ question, stream, camera, asked, examples = 0 }, actions) {
    this.#question = question;
    this.#stream = stream;
    this.#actions = actions;
    const instant = new Date(asked).toISOString();
    this.#time = element("a", { className: "permalink" }, element("time", { dateTime: instant, textContent: clock(instant) }));
    for (const [button, name] of [[this.#cancel, "Cancel"], [this.#again, "Ask again"], [this.#teach, "Use as example"], [this.#copy, "Copy link"]]) {
      button.setAttribute("aria-label", `${name}: ${question}`);
    }
    this.root = element(
      "li",
      { className: "card" },
      element(
        "div",
        { className: "card-head" },
        element("h3", { textContent: question }),
        element("p", { className: "asked" }, camera ? `${camera} · ` : null, this.#time),
      ),
      this.#text,
      this.#notes,
      examples ? element("p", { className: "note", textContent: `Answered with ${examples} ${examples === 1 ? "example" : "examples"} of yours.` }) : null,
      this.#details,
      element("div", { className: "card-actions" }, this.#cancel, this.#again, this.#teach, this.#copy),
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

  /** How far it is. */
  get state() {
    return this.#state;
  }

  /** What the answer says so far, or what went wrong. */
  get text() {
    return this.#text.textContent;
  }

  /** A sentence for people who listen. */
  get spoken() {
    return [this.#question, this.text, this.#notes.textContent].filter(Boolean).join(" ");
  }

  /** The id on the topics, by which the server finds the answer again; null until it is known. */
  get key() {
    return this.#key;
  }

  set key(key) {
    this.#key = key;
    this.#time.href = answerHash(key);
    this.#time.title = "Link to this answer";
  }

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
    const { status, text, error, window: seen } = answer;
    if (status === "failed") {
      this.#enter("failed", error?.message ? sentence(error.message) : "The question could not be answered.");
    } else if (status === "cancelled") {
      this.#enter("cancelled", this.#pieces.join("").trim() || "Cancelled");
    } else {
      this.#seen = seen?.from && seen.to ? { from: seen.from, to: seen.to } : null;
      this.#enter("completed", text ?? "");
    }
    this.#describe(answer);
  }

  /** What was kept of a finished question over a reload. */
  restore({ status, text, familiar }) {
    this.#enter(status, text);
    this.#warn({ familiar });
  }

  /** The connection went away, or the server fell silent. */
  lose(why) {
    this.#enter("lost", this.#pieces.join("").trim());
    this.remark(why);
  }

  /** Says something in place of the details. */
  remark(text) {
    this.#details.replaceChildren(element("p", { className: "note", textContent: text }));
  }

  #enter(state, text) {
    this.#state = state;
    this.root.dataset.state = state;
    if (this.text !== text) {
      this.#text.textContent = text;
    }
    this.root.setAttribute("aria-busy", String(this.running));
    const focused = document.activeElement === this.#cancel;
    this.#cancel.hidden = !this.running || !this.#actions.cancel;
    this.#again.hidden = this.running || state === "completed" || !this.#actions.again;
    this.#teach.hidden = state !== "completed" || this.#seen === null || !this.#actions.teach;
    this.#copy.hidden = this.running || this.#key === null;
    if (focused && !this.running) {
      (this.#again.hidden ? byId("question") : this.#again).focus();
    }
  }

  #describe(answer) {
    this.#warn(answer);
    const stream = answer.stream ?? this.#stream;
    const seen = answer.window?.frames?.length ? film(stream, answer.window, this.#actions.oldest(stream), this.#actions.enlarge) : null;
    const facts = answerFacts(answer, this.#key);
    this.#details.replaceChildren(...[seen, facts].filter(Boolean));
  }

  #warn({ familiar, confidence }) {
    this.root.classList.toggle("unfamiliar", isUnfamiliar({ familiar }));
    this.#notes.replaceChildren();
    if (this.#state !== "completed") {
      return;
    }
    if (isUnfamiliar({ familiar })) {
      this.#notes.append(answerWarning());
    } else if (Number.isFinite(confidence) && confidence < UNSURE) {
      this.#notes.append(element("p", { className: "note", textContent: `The model is not sure: ${Math.round(confidence * 100)} %.` }));
    }
  }

  #button(textContent, onclick) {
    return element("button", { type: "button", className: "quiet", textContent, onclick, hidden: true });
  }
}
