/** Nothing of the past: what was before is read over HTTP, which need not send it all. */
const FROM_NOW_ON = Number.MAX_SAFE_INTEGER;

/**
 * The cameras whose captions and states this page follows. The server acknowledges each; what it
 * did not is asked for again, so that a camera that is only just registered is followed, too.
 */
export class Subscriptions {
  #connection;
  #wanted = new Set();
  #acknowledged = new Set();

  constructor(connection) {
    this.#connection = connection;
  }

  /** Follows a camera from now on. */
  follow(stream) {
    if (!this.#wanted.has(stream)) {
      this.#wanted.add(stream);
      this.#subscribe(stream);
    }
  }

  /** Follows a camera no more. */
  unfollow(stream) {
    this.#acknowledged.delete(stream);
    if (this.#wanted.delete(stream)) {
      this.#connection.send({ type: "unsubscribe", stream });
    }
  }

  /** The server follows the page's wish. */
  acknowledge(stream) {
    this.#acknowledged.add(stream);
  }

  /** A new connection knows nothing of the wishes before. */
  reopen() {
    this.#acknowledged.clear();
    this.retry();
  }

  /** Asks again for what was not acknowledged. */
  retry() {
    for (const stream of this.#wanted) {
      if (!this.#acknowledged.has(stream)) {
        this.#subscribe(stream);
      }
    }
  }

  #subscribe(stream) {
    this.#connection.send({ type: "subscribe", stream, captions: true, afterSeq: FROM_NOW_ON });
  }
}
