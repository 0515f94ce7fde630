package dev.flamingo.events;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a stream does. */
public enum StreamState {
  /** It is being opened. */
  CONNECTING,
  /** Frames come. */
  LIVE,
  /** It is open, but no frames come. */
  STALLED,
  /** It is over. */
  ENDED,
  /** It could not be opened or broke. */
  FAILED;

  /** Returns the name in events. */
  @JsonValue
  public String wireName() {
    return WireName.of(this);
  }
}
