import { captionsSince } from "./api.js";
import { Answers } from "./answers.js";
import { Captions } from "./captions.js";
import { Connection } from "./connection.js";
import { byId, element, showText } from "./dom.js";
import { Examples } from "./examples.js";
import { Picture } from "./picture.js";
import { Streams } from "./streams.js";

const SUGGESTIONS = ["what do you see?", "is it raining?", "what color is the bus?", "which way is the car going?"];
const CAPTION_HISTORY_MS = 10 * 60 * 1000;
const TOO_SLOW = 4429;

const connection = new Connection();
const streams = new Streams();
const picture = new Picture();
const captions = new Captions();
const answers = new Answers(connection, new Examples());

let subscribed = null;
let lastSeq = 0;
let everOpen = false;

function subscribe(stream) {
  if (subscribed && subscribed !== stream) {
    connection.send({ type: "unsubscribe", stream: subscribed });
  }
  if (stream && connection.send({ type: "subscribe", stream, captions: true, afterSeq: subscribed === stream ? lastSeq : 0 })) {
    subscribed = stream;
  }
}

async function loadCaptions(stream) {
  const from = new Date(Date.now() - CAPTION_HISTORY_MS);
  const past = await captionsSince(stream, from).catch(() => []);
  if (stream === streams.selected) {
    captions.addAll(past);
  }
}

function showConnection(state, text) {
  byId("connection").dataset.state = state;
  byId("connection-text").textContent = text;
  byId("ask").disabled = state !== "open";
  byId("chips").querySelectorAll("button").forEach((chip) => {
    chip.disabled = state !== "open";
  });
}

streams.addEventListener("select", ({ detail: stream }) => {
  captions.clear();
  picture.status("connecting", null);
  picture.watch(stream);
  subscribe(stream);
  loadCaptions(stream);
});

streams.addEventListener("status", ({ detail }) => picture.status(detail.state, detail.reason));

connection.addEventListener("open", ({ detail: welcome }) => {
  showConnection("open", "Connected");
  showText(byId("notice"), null);
  // A server that counts anew knows nothing of the numbers before.
  if (!(welcome.seq >= lastSeq)) {
    lastSeq = 0;
  }
  subscribe(streams.selected);
  streams.refresh();
  if (everOpen) {
    answers.recover();
    if (streams.selected) {
      loadCaptions(streams.selected);
    }
  }
  everOpen = true;
});

connection.addEventListener("down", ({ detail: { retryMs, code } }) => {
  showConnection("down", everOpen ? "Disconnected" : "Connecting");
  const why =
    code === TOO_SLOW
      ? "This page was too slow for the server."
      : everOpen
        ? "The connection to the server is lost."
        : "The server cannot be reached.";
  showText(byId("notice"), `${why} Trying again in ${Math.max(1, Math.round(retryMs / 1000))} s.`);
  picture.status("connecting", null);
  answers.lose();
});

connection.addEventListener("message", ({ detail: event }) => {
  if (Number.isFinite(event.seq)) {
    lastSeq = Math.max(lastSeq, event.seq);
  }
  if (answers.take(event)) {
    return;
  }
  const stream = event.stream ?? event.caption?.stream;
  if (event.type === "caption" && stream === streams.selected) {
    captions.add(typeof event.caption === "object" ? event.caption : event);
  } else if (event.type === "stream.status" && stream === streams.selected) {
    const status = typeof event.status === "object" && event.status !== null ? event.status : event;
    picture.status(status.state, status.reason);
  } else if (event.type === "error" && !answers.takeError(event)) {
    showText(byId("notice"), event.message ?? event.error?.message ?? "The server did not understand this page.");
  }
});

byId("ask-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const box = byId("question");
  const text = box.value.trim();
  if (text && streams.selected && answers.ask(streams.selected, text)) {
    box.value = "";
    box.focus();
  }
});

byId("chips").append(
  ...SUGGESTIONS.map((text) =>
    element(
      "li",
      {},
      element("button", {
        type: "button",
        textContent: text,
        onclick: () => streams.selected && answers.ask(streams.selected, text),
      }),
    ),
  ),
);

window.addEventListener("online", () => connection.open());
showConnection("connecting", "Connecting");
streams.refresh();
connection.open();
