package dev.flamingo.ingest;

/** tmp. */
enum StreamState {
  CONNECTING,
  LIVE,
  STALLED,
  ENDED,
  FAILED
}
