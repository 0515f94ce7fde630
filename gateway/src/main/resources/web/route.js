const CAMERA = /^#camera\/([a-z0-9][a-z0-9._-]{0,62})$/;
const ANSWER = /^#answer\/(.+)$/;

/** The place that a hash names: `{view: "grid"}`, `{view: "camera", id}` or `{view: "answer", key}`. */
export function routeOf(hash) {
  const camera = CAMERA.exec(hash);
  if (camera) {
    return { view: "camera", id: camera[1] };
  }
  const answer = ANSWER.exec(hash);
  if (answer) {
    return { view: "answer", key: decoded(answer[1]) };
  }
  return { view: "grid" };
}

/** The hash of a camera. */
export function cameraHash(id) {
  return `#camera/${id}`;
}

/** The hash of an answer. */
export function answerHash(key) {
  return `#answer/${encodeURIComponent(key)}`;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
