import { AnswerCard } from "./answer-card.js";
import { endOf } from "./answer-log.js";
import { serverTime } from "./clock.js";
import { byId, showText } from "./dom.js";
import { cameraHash } from "./route.js";

/** One answer by its link, in whatever browser. */
export class AnswerView {
  #cameras;
  #actions;
  #place = byId("answer-place");
  #key = null;

  /** `actions`: `enlarge`, `oldest` and `copy` of a card. */
  constructor(cameras, actions) {
    this.#cameras = cameras;
    this.#actions = actions;
  }

  /** Shows the answer with a key as soon as the server has it. */
  async open(key) {
    if (this.#key === key) {
      return;
    }
    this.#key = key;
    this.#place.replaceChildren();
    byId("answer-camera").hidden = true;
    showText(byId("answer-empty"), "Looking for the answer");
    const answer = await endOf(key, serverTime(), () => {
      if (this.#key === key) {
        showText(byId("answer-empty"), "There is no answer under this link so far. Looking again");
      }
    });
    if (this.#key !== key) {
      return;
    }
    if (!answer) {
      showText(byId("answer-empty"), "There is no answer under this link. The server keeps answers for some days only; or it waits still.");
      return;
    }
    showText(byId("answer-empty"), null);
    const camera = this.#cameras.get(answer.stream);
    const asked = Date.parse(answer.window?.to ?? "") || serverTime();
    const card = new AnswerCard({ question: answer.question ?? "", stream: answer.stream, camera: camera?.name ?? answer.stream, asked }, this.#actions);
    card.key = key;
    card.finish(answer);
    this.#place.replaceChildren(card.root);
    if (camera) {
      byId("answer-camera").href = cameraHash(camera.id);
      byId("answer-camera").hidden = false;
    }
  }

  /** Shows nothing any more. */
  close() {
    this.#key = null;
  }
}
