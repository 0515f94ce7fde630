import { questionById } from "./api.js";
import { AnswerCard } from "./answer-card.js";
import { byId } from "./dom.js";

const MOST = 50;
const PATIENCE_MS = 30_000;
const FINAL = new Set(["completed", "failed", "cancelled"]);
const NO_CONNECTION = "The connection was lost before the answer came.";

/** The questions of this page, newest on top, and their answers. */
export class Answers {
  #connection;
  #examples;
  #list = byId("answers");
  #cards = new Map();

  constructor(connection, examples) {
    this.#connection = connection;
    this.#examples = examples;
  }

  /** Asks; false when there is no connection. */
  ask(stream, text) {
    const id = freshId();
    const examples = this.#examples.shown(stream);
    if (!this.#connection.send({ type: "ask", id, stream, text, examples })) {
      return false;
    }
    const card = new AnswerCard(text, stream, {
      cancel: () => this.#connection.send({ type: "cancel", id }),
      again: () => this.ask(stream, text),
      teach: (example) => this.#examples.add(stream, example),
    });
    this.#cards.set(id, card);
    this.#list.prepend(card.root);
    byId("answers-empty").hidden = true;
    this.#expect(card);
    this.#forgetOldest();
    return true;
  }

  /** Takes an event about an answer; true when it was one. */
  take(event) {
    const [family, kind] = event.type.split(".");
    if (family !== "answer") {
      return false;
    }
    const answer = event.answer ?? event;
    const card = this.#cards.get(event.id ?? answer.id);
    if (card?.running || card?.lost) {
      card.acknowledged = true;
      if (kind === "delta") {
        card.delta(event.delta && typeof event.delta === "object" ? event.delta : answer);
        this.#expect(card);
      } else if (FINAL.has(kind)) {
        this.#finish(card, { ...answer, status: kind });
      }
    }
    return true;
  }

  /** Takes an error; true when it belongs to a question. */
  takeError(event) {
    const unanswered = [...this.#cards.values()].filter((card) => card.running && !card.acknowledged);
    const card = event.id ? this.#cards.get(event.id) : unanswered.length === 1 ? unanswered[0] : null;
    if (!card?.running) {
      return false;
    }
    this.#finish(card, { status: "failed", error: event.error ?? { code: event.code, message: event.message } });
    return true;
  }

  /** The connection is gone: what was asked and not answered is lost to this page. */
  lose() {
    for (const card of this.#cards.values()) {
      if (card.running) {
        card.lose(NO_CONNECTION);
      }
    }
  }

  /** The connection is back: an answer may have come meanwhile. */
  async recover() {
    for (const [id, card] of this.#cards) {
      if (card.lost) {
        const answer = await questionById(id);
        if (card.lost && FINAL.has(answer?.status)) {
          this.#finish(card, answer);
        }
      }
    }
  }

  #finish(card, answer) {
    clearTimeout(card.timer);
    card.finish(answer);
    byId("announce").textContent = card.spoken;
  }

  /** No question stays open for ever, whatever the server does. */
  #expect(card) {
    clearTimeout(card.timer);
    card.timer = setTimeout(() => {
      if (card.running) {
        card.lose("No answer came. The server may be busy.");
      }
    }, PATIENCE_MS);
  }

  #forgetOldest() {
    for (const [id, card] of this.#cards) {
      if (this.#cards.size <= MOST) {
        return;
      }
      clearTimeout(card.timer);
      card.root.remove();
      this.#cards.delete(id);
    }
  }
}

/** crypto.randomUUID is missing on pages served over plain HTTP from another machine. */
function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `web-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
