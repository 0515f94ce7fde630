package dev.flamingo.training.frame;

import java.io.IOException;

/** A picture or video is missing or damaged, or shows nothing where it is looked at. */
public final class UnreadableMediumException extends IOException {

  private static final long serialVersionUID = 1;

  private final String why;

  UnreadableMediumException(String why) {
    super(why);
    this.why = why;
  }

  UnreadableMediumException(String why, Throwable cause) {
    super(why, cause);
    this.why = why;
  }

  /** Returns one sentence; never null. */
  @Override
  public String getMessage() {
    return why;
  }
}
