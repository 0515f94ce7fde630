import { element } from "./dom.js";
import { isUnmeasured } from "./familiar.js";
import { duration } from "./format.js";

/** What a technician wants to know about an answer, folded away; null where there is nothing. */
export function answerFacts(answer, key) {
  const { timings, confidence, familiarity, model, error } = answer;
  const facts = element("dl", { className: "facts" });
  const fact = (name, ...value) => facts.append(element("div", {}, element("dt", { textContent: name }), element("dd", {}, ...value)));
  if (error?.code) {
    fact("Error", element("code", { textContent: error.code }));
  }
  if (Number.isFinite(confidence)) {
    fact("Confidence", gauge(confidence), percent(confidence));
  }
  if (Number.isFinite(familiarity)) {
    fact("Familiarity", gauge(familiarity), percent(familiarity));
  } else if (isUnmeasured(answer)) {
    fact("Familiarity", "not measured for this model");
  }
  if (Number.isFinite(timings?.total)) {
    fact("Answered in", duration(timings.total));
  }
  if (Number.isFinite(timings?.firstToken)) {
    fact("First word", duration(timings.firstToken));
  }
  if (Number.isFinite(timings?.windowAge)) {
    fact("Age of the pictures", duration(timings.windowAge));
  }
  if (answer.finish === "length") {
    fact("Ended", "at the length limit");
  }
  if (model) {
    fact("Model", element("code", { textContent: model }));
  }
  if (key) {
    fact("Key", element("code", { textContent: key }));
  }
  return facts.children.length ? element("details", { className: "technical" }, element("summary", { textContent: "Technical details" }), facts) : null;
}

function gauge(share) {
  const fill = element("span", { className: "fill" });
  fill.style.setProperty("width", percent(share).replace(" ", ""));
  return element("span", { className: "gauge", ariaHidden: "true" }, fill);
}

function percent(share) {
  return `${Math.round(Math.min(1, Math.max(0, share)) * 100)} %`;
}
