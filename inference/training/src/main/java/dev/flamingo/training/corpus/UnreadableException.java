package dev.flamingo.training.corpus;

/** An example cannot be read. The message is one sentence: what was wrong. */
public final class UnreadableException extends Exception {

  private static final long serialVersionUID = 1;

  private final Fault fault;

  UnreadableException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  /** Returns what kind of fault it has. */
  public Fault fault() {
    return fault;
  }
}
