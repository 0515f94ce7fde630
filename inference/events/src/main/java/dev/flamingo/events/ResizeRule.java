package dev.flamingo.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a picture of any aspect becomes the square that a model takes. */
public enum ResizeRule {
  /** The whole picture with its aspect kept, centred; the rest has one colour. */
  FIT,
  /** The aspect kept and the square filled; what does not fit is cut off on both sides. */
  CROP,
  /** The whole picture, stretched to the square. */
  SQUASH;

  /** Returns the name in events. */
  @JsonValue
  public String wireName() {
    return WireName.of(this);
  }
}
