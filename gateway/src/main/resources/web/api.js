/** An answer of the server that is no success; its message is meant for people. */
export class ApiError extends Error {}

/** All streams, each `{id, state, reason, since, captions}`. */
export async function listStreams() {
  const body = await call("GET", "v1/streams");
  return (Array.isArray(body) ? body : (body?.streams ?? [])).map(streamOf);
}

/** Registers a stream. */
export function addStream(spec) {
  return call("POST", "v1/streams", spec);
}

/** The captions of a stream since an instant, oldest first. */
export async function captionsSince(stream, from) {
  const query = new URLSearchParams({ from: from.toISOString(), to: new Date().toISOString() });
  const body = await call("GET", `v1/streams/${encodeURIComponent(stream)}/captions?${query}`);
  return Array.isArray(body) ? body : (body?.captions ?? []);
}

/** What became of a question, or null when nobody knows it. */
export async function questionById(id) {
  return call("GET", `v1/questions/${encodeURIComponent(id)}`).catch(() => null);
}

/** Where the newest picture of a stream is; the counter defeats caches. */
export function newestFrame(stream, counter) {
  return `v1/streams/${encodeURIComponent(stream)}/frame.jpg?t=${counter}`;
}

/** Where the picture of one instant is. */
export function frameAt(stream, instant) {
  return `v1/streams/${encodeURIComponent(stream)}/frame.jpg?at=${encodeURIComponent(instant)}`;
}

function streamOf(entry) {
  if (typeof entry === "string") {
    return { id: entry };
  }
  const status = typeof entry.status === "object" && entry.status !== null ? entry.status : entry;
  return {
    id: entry.id ?? entry.stream,
    state: status.state ?? (typeof entry.status === "string" ? entry.status : undefined),
    reason: status.reason,
    since: status.since,
    captions: entry.captions ?? entry.spec?.captions,
  };
}

async function call(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: { Accept: "application/json", ...(body ? { "Content-Type": "application/json" } : {}) },
      body: body ? JSON.stringify(body) : undefined,
      signal: AbortSignal.timeout(10_000),
    });
  } catch {
    throw new ApiError("the server cannot be reached");
  }
  const text = await response.text();
  let content = null;
  try {
    content = text ? JSON.parse(text) : null;
  } catch {
    content = null;
  }
  if (!response.ok) {
    const error = content?.error ?? content;
    const message = typeof error === "string" ? error : (error?.message ?? error?.detail);
    throw new ApiError(message ?? `the server answered with status ${response.status}`);
  }
  return content;
}
