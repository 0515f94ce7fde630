package dev.flamingo.events;

import org.jspecify.annotations.Nullable;

/** A record's value is not the expected event; the message is one sentence. */
public final class MalformedEventException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Makes one with its sentence. */
  public MalformedEventException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
