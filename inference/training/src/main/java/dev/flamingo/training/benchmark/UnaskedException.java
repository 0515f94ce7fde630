package dev.flamingo.training.benchmark;

import java.io.IOException;

/** An item cannot be asked: its medium cannot be read, or its text is too long for the model. */
public final class UnaskedException extends IOException {

  private static final long serialVersionUID = 1;

  /** Says why. */
  public UnaskedException(String message) {
    super(message);
  }

  /** Says why, after something else failed. */
  public UnaskedException(String message, Throwable cause) {
    super(message, cause);
  }
}
