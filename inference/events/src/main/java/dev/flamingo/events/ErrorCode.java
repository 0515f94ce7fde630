package dev.flamingo.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why a question failed. */
public enum ErrorCode {
  /** The question itself is wrong. */
  BAD_QUESTION,
  /** No such stream is registered. */
  UNKNOWN_STREAM,
  /** The stream has no frames of that time. */
  NO_VIDEO,
  /** It took too long. */
  DEADLINE,
  /** There is too much to do. */
  OVERLOADED,
  /** A fault of ours. */
  INTERNAL;

  /** Returns the name in events. */
  @JsonValue
  public String wireName() {
    return WireName.of(this);
  }
}
