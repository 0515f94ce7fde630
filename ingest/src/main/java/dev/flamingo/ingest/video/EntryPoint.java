package dev.flamingo.ingest.video;

/** Whether a decoder that knows nothing of what came before can begin at a packet. */
enum EntryPoint {
  /** It cannot, or nobody is sure. */
  NONE,
  /** What is shown from this picture on needs nothing before it. */
  OPEN,
  /** Neither does what is shown before it, but comes after it in the file. */
  CLOSED
}
