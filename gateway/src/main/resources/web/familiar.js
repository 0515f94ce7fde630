import { element } from "./dom.js";

const OF_AN_ANSWER = "The model has not seen anything like this picture or question; the answer is a guess.";
const OF_A_CAPTION = "The model has not seen anything like this picture; the caption is a guess.";

/** Whether it was measured that a thing is unfamiliar to the model; an absent field says nothing. */
export function isUnfamiliar({ familiar }) {
  return familiar === false;
}

/** Whether nothing was measured at all. */
export function isUnmeasured({ familiar, status, text }) {
  return typeof familiar !== "boolean" && Boolean(text) && (status ?? "completed") === "completed";
}

/** The warning for an answer of unfamiliar things. */
export function answerWarning() {
  return element("p", { className: "warning", textContent: OF_AN_ANSWER });
}

/** The warning for a caption of an unfamiliar picture. */
export function captionWarning() {
  return element("p", { className: "warning", textContent: OF_A_CAPTION });
}
