package dev.flamingo.settings;

/** A text that is no value of its type; the message goes on where "it is" ends. */
final class UnreadableValue extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  UnreadableValue(String what) {
    super(what);
  }
}
