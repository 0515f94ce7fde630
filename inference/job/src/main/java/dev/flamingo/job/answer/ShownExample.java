package dev.flamingo.job.answer;

import dev.flamingo.job.state.StoredShotV1;
import org.jspecify.annotations.Nullable;

/**
 * An example whose window is found.
 *
 * @param image a JPEG; null where it shows a window
 * @param window what it shows of the stream; null where it shows an image
 * @param question what was asked
 * @param answer what is right
 */
public record ShownExample(
    byte @Nullable [] image, @Nullable AskedWindow window, String question, String answer) {

  /** No examples. */
  static final ShownExample[] NONE = {};

  /** Returns what is stored of it while it waits. */
  StoredShotV1 stored() {
    return new StoredShotV1(image, window == null ? null : window.stored(), question, answer);
  }

  static ShownExample of(StoredShotV1 stored) {
    return new ShownExample(
        stored.image(),
        stored.window() == null ? null : AskedWindow.of(stored.window()),
        stored.question(),
        stored.answer());
  }

  /** Returns the same with its window resampled. */
  ShownExample showing(AskedWindow resampled) {
    return new ShownExample(image, resampled, question, answer);
  }

  /** Returns the bytes of what it shows. */
  long bytes() {
    return (image == null ? 0L : image.length) + (window == null ? 0L : window.bytes());
  }
}
