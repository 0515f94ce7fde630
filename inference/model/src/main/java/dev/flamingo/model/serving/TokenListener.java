package dev.flamingo.model.serving;

/** Hears an answer while it is made, on the thread that makes it. */
@FunctionalInterface
public interface TokenListener {

  /** Hears nothing. */
  TokenListener SILENT = piece -> {};

  /**
   * Takes the next piece of text; all pieces together are the answer. It returns quickly: the whole
   * batch waits.
   *
   * @param piece never empty
   */
  void onText(String piece);
}
