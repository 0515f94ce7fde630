package dev.flamingo.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** What an answer answers. */
public enum AnswerKind {
  /** A question. */
  ANSWER,
  /** Nothing: it describes a window. */
  CAPTION;

  /** Returns the name in events. */
  @JsonValue
  public String wireName() {
    return WireName.of(this);
  }
}
