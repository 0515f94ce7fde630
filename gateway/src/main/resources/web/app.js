import { AnswerView } from "./answer-view.js";
import { Answers } from "./answers.js";
import { CameraActions } from "./camera-actions.js";
import { CameraDialog } from "./camera-dialog.js";
import { CameraView } from "./camera-view.js";
import { Cameras } from "./cameras.js";
import { Captions } from "./captions.js";
import { Connection } from "./connection.js";
import { copyLink } from "./copy-link.js";
import { byId, showText } from "./dom.js";
import { Examples } from "./examples.js";
import { isUnmeasured } from "./familiar.js";
import { Grid } from "./grid.js";
import { offerLogout, returnFromLogin } from "./login.js";
import { Pages } from "./pages.js";
import { Picker } from "./picker.js";
import { PictureDialog } from "./picture-dialog.js";
import { PictureFeed } from "./picture-feed.js";
import { Picture } from "./picture.js";
import { cameraHash } from "./route.js";
import { Subscriptions } from "./subscriptions.js";
import { Suggested } from "./suggested.js";

const TOO_SLOW = 4429;

returnFromLogin();
offerLogout();
const connection = new Connection();
const cameras = new Cameras();
const feed = new PictureFeed(cameras);
const subscriptions = new Subscriptions(connection);
const enlarged = new PictureDialog();
const onCards = {
  enlarge: (pictures, place) => enlarged.open(pictures, place),
  oldest: (stream) => cameras.get(stream)?.pictures?.from ?? Infinity,
  copy: copyLink,
};
const examples = new Examples();
const answers = new Answers(connection, examples, onCards);
const captions = new Captions();
const view = new CameraView({ picture: new Picture(feed), captions, answers, examples, subscriptions });
const grid = new Grid(cameras, feed, subscriptions);
const suggested = new Suggested((text) => view.ask(text));
const pages = new Pages({ cameras, view, grid, answer: new AnswerView(cameras, onCards), picker: new Picker() });
const dialog = new CameraDialog(cameras, async (id, added) => {
  await cameras.refresh();
  if (added) {
    location.hash = cameraHash(id);
  }
});
new CameraActions({
  shown: () => view.camera,
  edit: (camera) => dialog.edit(camera),
  removes: (id) => pages.removes(id),
  changed: async (id, removed) => {
    await cameras.refresh();
    if (removed) {
      pages.home();
    }
  },
});

let everOpen = false;

function showConnection(state, text) {
  byId("connection").dataset.state = state;
  byId("connection-text").textContent = text;
  view.connected(state === "open");
}

cameras.addEventListener("listed", async () => {
  subscriptions.retry();
  if (suggested.none) {
    await suggested.refresh();
    view.connected(connection.ready);
  }
});
cameras.addEventListener("change", () => pages.update());
cameras.addEventListener("away", () => connection.suspect());
cameras.addEventListener("back", () => connection.open());

connection.addEventListener("open", async () => {
  showConnection("open", "Connected");
  showText(byId("notice"), null);
  subscriptions.reopen();
  cameras.refresh();
  await suggested.refresh();
  showConnection("open", "Connected");
  if (everOpen) {
    answers.recover();
    view.loadCaptions();
  }
  everOpen = true;
});

connection.addEventListener("down", ({ detail: { retryMs, code } }) => {
  showConnection("down", everOpen ? "Disconnected" : "Connecting");
  const lost = everOpen ? "The connection to the server is lost." : "The server cannot be reached.";
  const why = code === TOO_SLOW ? "This page was too slow for the server." : lost;
  showText(byId("notice"), `${why} Trying again in ${Math.max(1, Math.round(retryMs / 1000))} s.`);
  answers.lose();
  // A server that wants a login refuses the socket without a word; over HTTP it says so.
  cameras.refresh();
});

connection.addEventListener("message", ({ detail: event }) => {
  if (isUnmeasured(event) && (event.type === "caption" || event.type === "answer.completed")) {
    byId("unmeasured").hidden = false;
  }
  if (answers.take(event)) {
    return;
  }
  if (event.type === "caption") {
    grid.caption(event.stream, event);
    if (event.stream === view.camera?.id) {
      captions.add(event);
    }
  } else if (event.type === "stream.status") {
    cameras.status(event.stream, event);
  } else if (event.type === "subscribed") {
    subscriptions.acknowledge(event.stream);
  } else if (event.type === "error" && !answers.takeError(event) && !event.stream) {
    showText(byId("notice"), event.message ?? "The server did not understand this page.");
  }
});

byId("add-open").addEventListener("click", () => dialog.add());
byId("welcome-add").addEventListener("click", () => dialog.add());
window.addEventListener("online", () => connection.open());
showConnection("connecting", "Connecting");
cameras.refresh();
connection.open();
