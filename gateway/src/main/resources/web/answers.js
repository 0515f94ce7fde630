import { AnswerCard } from "./answer-card.js";
import { AnswerLog, endOf, isFinal } from "./answer-log.js";
import { serverTime } from "./clock.js";
import { byId } from "./dom.js";

const MOST = 50;
const PATIENCE_MS = 30_000;

/** The questions that this browser asked, newest on top; those of the shown camera are in view. */
export class Answers {
  #connection;
  #examples;
  #actions;
  #log = new AnswerLog();
  #list = byId("answers");
  #entries = [];
  #stream = null;

  /** `actions`: `enlarge`, `oldest` and `copy` of a card. */
  constructor(connection, examples, actions) {
    this.#connection = connection;
    this.#examples = examples;
    this.#actions = actions;
    this.#log.load().slice(-MOST).forEach((entry) => this.#restore(entry));
    this.#entries.filter(({ card }) => card.running).forEach((entry) => this.#resume(entry));
  }

  /** Shows the questions about a camera. */
  show(stream) {
    this.#stream = stream;
    this.#entries.forEach((entry) => this.#place(entry));
    this.#showEmpty();
  }

  /** Asks; false when there is no connection. */
  ask(stream, question) {
    const id = freshId();
    const examples = this.#examples.shown(stream);
    if (!this.#connection.send({ type: "ask", id, stream, text: question, examples })) {
      return false;
    }
    const entry = this.#add({ stream, question, asked: serverTime(), examples: examples?.length ?? 0 });
    entry.card.id = id;
    this.#expect(entry);
    this.#forgetOldest();
    this.#place(entry);
    this.#showEmpty();
    return true;
  }

  /** Takes an event about an answer; true when it was one. */
  take(event) {
    const [family, kind] = event.type.split(".");
    if (family !== "answer") {
      return false;
    }
    const entry = this.#entries.find(({ card }) => card.id === event.id);
    if (entry?.card.running || entry?.card.lost) {
      entry.acknowledged = true;
      if (kind === "created") {
        entry.card.key = event.key;
        this.#save();
      } else if (kind === "delta") {
        entry.card.delta(event);
        this.#expect(entry);
      } else if (isFinal(kind)) {
        this.#finish(entry, { ...event, status: kind });
      }
    }
    return true;
  }

  /** Takes an error; true when it belongs to a question. */
  takeError(event) {
    const unanswered = this.#entries.filter(({ card, acknowledged }) => card.id && card.running && !acknowledged);
    const entry = event.id ? this.#entries.find(({ card }) => card.id === event.id) : unanswered.length === 1 ? unanswered[0] : null;
    if (!entry?.card.running) {
      return false;
    }
    this.#finish(entry, { status: "failed", error: { code: event.code, message: event.message } });
    return true;
  }

  /** The connection is gone: what the server knows by a key is asked for again when it is back. */
  lose() {
    this.#entries.filter(({ card }) => card.id && card.running).forEach((entry) => this.#lose(entry, "The connection was lost before the answer came."));
  }

  /** The connection is back: an answer may have come meanwhile. */
  recover() {
    this.#entries.filter(({ card }) => card.lost && card.key).forEach((entry) => this.#resume(entry));
  }

  #add({ key, stream, question, asked, examples }) {
    const card = new AnswerCard(
      { question, stream, asked, examples },
      {
        ...this.#actions,
        cancel: () => card.id && this.#connection.send({ type: "cancel", id: card.id }),
        again: () => this.ask(stream, question),
        teach: (example) => this.#examples.add(stream, example),
      },
    );
    const entry = { card, stream, question, asked, examples };
    if (key) {
      card.key = key;
    }
    this.#entries.push(entry);
    this.#list.prepend(card.root);
    card.root.hidden = stream !== this.#stream;
    return entry;
  }

  #restore(kept) {
    const entry = this.#add(kept);
    if (isFinal(kept.status)) {
      entry.card.restore(kept);
      entry.familiar = kept.familiar;
      entry.detailed = false;
    }
  }

  /** Brings a card into view where it is about the shown camera, with what the server knows of it. */
  async #place(entry) {
    entry.card.root.hidden = entry.stream !== this.#stream;
    if (entry.detailed === false && !entry.card.root.hidden) {
      entry.detailed = true;
      const answer = entry.gone ? null : await endOf(entry.card.key, 0);
      if (answer) {
        entry.card.finish(answer);
      } else {
        entry.card.remark("The server keeps the details of this answer no longer.");
      }
    }
  }

  /** Waits by its key for the end of a question that another connection asked. */
  async #resume(entry) {
    const answer = await endOf(entry.card.key, entry.asked);
    if (!entry.card.running && !entry.card.lost) {
      return;
    }
    if (answer) {
      this.#finish(entry, answer);
    } else if (entry.card.running) {
      this.#lose(entry, "No answer came while this page was away.");
    }
  }

  #finish(entry, answer) {
    clearTimeout(entry.timer);
    entry.card.finish(answer);
    entry.familiar = answer.familiar;
    byId("announce").textContent = entry.card.spoken;
    this.#save();
  }

  #lose(entry, why) {
    clearTimeout(entry.timer);
    entry.card.lose(why);
    this.#save();
  }

  /** No question stays open for ever, whatever the server does. */
  #expect(entry) {
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => entry.card.running && this.#lose(entry, "No answer came. The server may be busy."), PATIENCE_MS);
  }

  #forgetOldest() {
    while (this.#entries.length > MOST) {
      const [oldest] = this.#entries.splice(0, 1);
      clearTimeout(oldest.timer);
      oldest.card.root.remove();
    }
  }

  #save() {
    this.#log.save(
      this.#entries.map(({ card, stream, question, asked, examples, familiar }) => ({
        key: card.key,
        stream,
        question,
        asked,
        examples,
        familiar,
        status: card.state,
        text: card.text,
      })),
    );
  }

  #showEmpty() {
    byId("answers-empty").hidden = this.#entries.some(({ stream }) => stream === this.#stream);
  }
}

/** crypto.randomUUID is missing on pages served over plain HTTP from another machine. */
function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `web-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
