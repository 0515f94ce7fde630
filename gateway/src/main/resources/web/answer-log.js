import { questionByKey } from "./api.js";
import { serverTime } from "./clock.js";
import { KeptList } from "./kept-list.js";

const MOST_BYTES = 256 * 1024;
const LONGEST_TEXT = 2000;
const PERIOD_MS = 1000;

/** Answers may take ten minutes when a question allows it; this page's own take ten seconds. */
const PATIENCE_MS = 60_000;
const FINAL = new Set(["completed", "failed", "cancelled"]);

/** Whether a question's status is an end. */
export function isFinal(status) {
  return FINAL.has(status);
}

/** What this browser asked: key, question and answer of each, kept over a reload. */
export class AnswerLog {
  #kept = new KeptList("flamingo.answers", MOST_BYTES);

  /** The kept questions, oldest first, each with a key. */
  load() {
    return this.#kept.load().filter(({ key, stream, question }) => key && stream && question);
  }

  /** Keeps these, oldest first; what has no key cannot be found again and is left out. */
  save(entries) {
    const kept = entries.filter(({ key }) => key);
    this.#kept.save(kept.map((entry) => ({ ...entry, text: entry.text?.slice(0, LONGEST_TEXT) })));
  }
}

/**
 * The end of a question that the server knows by its key; null when it does not come or is not
 * kept. `missing()` is called while the server does not know the key.
 */
export async function endOf(key, asked, missing = () => {}) {
  do {
    const answer = await questionByKey(key).catch((error) => (error.status === 404 ? null : { status: "waiting" }));
    if (answer === null) {
      missing();
    }
    if (isFinal(answer?.status)) {
      return answer;
    }
    if (serverTime() - asked > PATIENCE_MS) {
      return null;
    }
    await new Promise((resolve) => setTimeout(resolve, PERIOD_MS));
  } while (true);
}
