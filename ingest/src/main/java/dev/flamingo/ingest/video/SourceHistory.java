package dev.flamingo.ingest.video;

/**
 * What one source has shown through all its openings: what was live once stays live. Safe for use
 * by several threads.
 */
public final class SourceHistory {

  private boolean live;

  /** Nothing yet. */
  public SourceHistory() {}

  /** It is a camera: whatever its next opening looks like. */
  synchronized void live() {
    live = true;
  }

  /** Whether an opening has been live. */
  synchronized boolean wasLive() {
    return live;
  }
}
