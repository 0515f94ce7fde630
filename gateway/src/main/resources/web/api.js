import { setServerTime } from "./clock.js";
import { askForLogin } from "./login.js";

const LIMIT_MS = 10_000;

/** An answer of the server that is no success; its message is meant for people. */
export class ApiError extends Error {
  /** `status` is the HTTP status, 0 when there was no answer at all; `code` the server's own. */
  constructor(message, status = 0, code = null) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** All streams, each `{id, uri, enabled, captions, labels, state, since, reason, pictures}`. */
export async function listStreams() {
  const streams = await call("GET", "v1/streams");
  return Array.isArray(streams) ? streams : [];
}

/** Registers a stream; fails with the code `stream-exists` rather than replace one. */
export function addStream(spec) {
  return call("POST", "v1/streams", spec);
}

/** Changes the given fields of a stream. */
export function changeStream(id, fields) {
  return call("PATCH", stream(id), fields);
}

/** Removes a stream. */
export function removeStream(id) {
  return call("DELETE", stream(id));
}

/** The captions of a stream since an instant, oldest first. */
export async function captionsSince(id, from) {
  const query = new URLSearchParams({ from: from.toISOString() });
  const captions = await call("GET", `${stream(id)}/captions?${query}`);
  return Array.isArray(captions) ? captions : [];
}

/** What became of a question: its answer, `{status: "waiting"}`, or an ApiError. */
export function questionByKey(key) {
  return call("GET", `v1/questions/${encodeURIComponent(key)}`);
}

/** Questions that suit the model that is served; none where the server names none. */
export async function suggestions() {
  const models = await call("GET", "v1/models").catch(() => null);
  const named = models?.data?.[0]?.suggestions;
  return Array.isArray(named) ? named.filter((text) => typeof text === "string") : [];
}

/** The newest picture of a stream: `{blob, capturedAt}`, the instant in milliseconds or null. */
export async function newestPicture(id) {
  const response = await request("GET", `${stream(id)}/frame.jpg`, { cache: "no-store", priority: "low" });
  if (!response.ok) {
    throw new ApiError(`there is no picture of ${id}`, response.status);
  }
  const capturedAt = Date.parse(response.headers.get("Captured-At"));
  return { blob: await response.blob(), capturedAt: Number.isNaN(capturedAt) ? null : capturedAt };
}

/** Where the picture of one instant is. */
export function pictureAt(id, instant) {
  return `${stream(id)}/frame.jpg?at=${encodeURIComponent(instant)}`;
}

function stream(id) {
  return `v1/streams/${encodeURIComponent(id)}`;
}

async function call(method, path, body) {
  const response = await request(method, path, {
    headers: { Accept: "application/json", ...(body ? { "Content-Type": "application/json" } : {}) },
    body: body ? JSON.stringify(body) : undefined,
  });
  const content = parsed(await response.text());
  if (!response.ok) {
    const error = content?.error;
    throw new ApiError(error?.message ?? `the server answered with status ${response.status}`, response.status, error?.code);
  }
  return content;
}

async function request(method, path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, method, signal: AbortSignal.timeout(LIMIT_MS) });
  } catch {
    throw new ApiError("the server cannot be reached");
  }
  setServerTime(response.headers.get("Served-At"));
  if (response.status === 401) {
    askForLogin();
  }
  return response;
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
