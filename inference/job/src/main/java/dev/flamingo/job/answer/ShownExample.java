package dev.flamingo.job.answer;

import org.jspecify.annotations.Nullable;

/**
 * An example whose window is found.
 *
 * @param image a JPEG; null where it shows a window
 * @param tokens the window's visual tokens; null where it shows an image
 * @param question what was asked
 * @param answer what is right
 */
public record ShownExample(
    byte @Nullable [] image, byte @Nullable [] tokens, String question, String answer) {

  /** No examples. */
  static final ShownExample[] NONE = {};

  /** Returns the bytes of what it shows. */
  long bytes() {
    return (image == null ? 0L : image.length) + (tokens == null ? 0L : tokens.length);
  }
}
