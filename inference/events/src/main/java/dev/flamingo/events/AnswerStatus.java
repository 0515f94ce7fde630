package dev.flamingo.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** How an answer ended. */
public enum AnswerStatus {
  /** With a text. */
  COMPLETED,
  /** With an error. */
  FAILED,
  /** It was no longer wanted. */
  CANCELLED;

  /** Returns the name in events. */
  @JsonValue
  public String wireName() {
    return WireName.of(this);
  }
}
