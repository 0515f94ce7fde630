package dev.flamingo.training.benchmark;

import java.io.IOException;

/** An item cannot be asked: its medium cannot be read, or its text is too long for the model. */
public final class UnaskedException extends IOException {

  private static final long serialVersionUID = 1;

  /** Makes an exception with its reason. */
  public UnaskedException(String message) {
    super(message);
  }

  /** Makes an exception with its reason and the failure behind it. */
  public UnaskedException(String message, Throwable cause) {
    super(message, cause);
  }
}
