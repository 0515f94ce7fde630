const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;
const OPENING_LIMIT_MS = 10_000;

/**
 * The WebSocket to the server, opened again whenever it closes.
 *
 * Events: `open` after the welcome (detail: the welcome), `down` when it is lost (detail:
 * `{retryMs, code}`), and `message` for all else the server says.
 */
export class Connection extends EventTarget {
  #socket = null;
  #failures = 0;
  #timer = 0;
  #ready = false;

  /** Whether the server listens. */
  get ready() {
    return this.#ready;
  }

  /** Opens it now; does nothing while it is open or being opened. */
  open() {
    clearTimeout(this.#timer);
    if (this.#socket) {
      return;
    }
    const address = new URL("v1/live", document.baseURI);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address, "flamingo.v1");
    this.#socket = socket;
    const overdue = setTimeout(() => this.#lost(socket, 0), OPENING_LIMIT_MS);
    socket.onmessage = ({ data }) => {
      const event = parsed(data);
      if (!event || socket !== this.#socket) {
        return;
      }
      if (event.type === "welcome") {
        clearTimeout(overdue);
        this.#failures = 0;
        this.#ready = true;
        this.#tell("open", event);
      } else {
        this.#tell("message", event);
      }
    };
    socket.onclose = ({ code }) => {
      clearTimeout(overdue);
      this.#lost(socket, code);
    };
  }

  /** Takes an open one for lost: over HTTP the server does not answer, and a socket may not notice. */
  suspect() {
    if (this.#ready) {
      this.#lost(this.#socket, 0);
    }
  }

  /** Sends an event; false when nobody listens. */
  send(event) {
    if (!this.#ready || this.#socket.readyState !== WebSocket.OPEN) {
      return false;
    }
    this.#socket.send(JSON.stringify(event));
    return true;
  }

  #lost(socket, code) {
    if (socket !== this.#socket) {
      return;
    }
    this.#socket = null;
    this.#ready = false;
    socket.close();
    const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(this.#failures, 10));
    this.#failures += 1;
    // Half of the delay is drawn: after a restart of the server its pages do not all come at once.
    const retryMs = ceiling / 2 + (Math.random() * ceiling) / 2;
    this.#timer = setTimeout(() => this.open(), retryMs);
    this.#tell("down", { retryMs, code });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

function parsed(data) {
  try {
    const event = JSON.parse(data);
    return typeof event?.type === "string" ? event : null;
  } catch {
    return null;
  }
}
