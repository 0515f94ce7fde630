package dev.flamingo.ingest.street;

/** Where an actor goes, as the camera sees it. */
public enum Direction {
  /** To the left. */
  LEFT,
  /** Nowhere. */
  STILL,
  /** To the right. */
  RIGHT
}
