package dev.flamingo.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why a text ended. */
public enum Finish {
  /** The model was done. */
  STOP,
  /** It reached the limit of tokens. */
  LENGTH;

  /** Returns the name in events. */
  @JsonValue
  public String wireName() {
    return WireName.of(this);
  }
}
