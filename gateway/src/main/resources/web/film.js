import { pictureAt } from "./api.js";
import { element } from "./dom.js";
import { clock } from "./format.js";

const MOST = 16;

/**
 * The frames that an answer looked at, each of which enlarges. `oldest` is the instant from which
 * the server still has pictures of the stream: what is older is not asked for.
 */
export function film(stream, { frames = [], from, to }, oldest, enlarge) {
  const shown = frames.slice(-MOST).filter((instant) => Date.parse(instant) >= oldest);
  const pictures = shown.map((instant) => ({ address: pictureAt(stream, instant), title: `Frame at ${clock(instant)}` }));
  const strip = pictures.map(({ address, title }, place) => {
    const image = element("img", { alt: title, width: 56, height: 56, src: address });
    const button = element("button", { type: "button", className: "thumb", title: "Enlarge", onclick: () => enlarge(pictures, place) }, image);
    image.addEventListener("error", () => {
      button.hidden = true;
    });
    return button;
  });
  return element(
    "figure",
    { className: "film" },
    strip.length ? element("div", { className: "film-strip" }, ...strip) : null,
    element("figcaption", { textContent: `Looked at ${span(from ?? frames[0], to ?? frames.at(-1))}${strip.length ? "" : "; the server keeps these pictures no longer"}` }),
  );
}

function span(from, to) {
  const [first, last] = [clock(from), clock(to)];
  return first === last ? first : `${first} to ${last}`;
}
