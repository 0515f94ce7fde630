package dev.flamingo.training.frame;

import java.nio.file.Path;

/**
 * A picture or a part of a video.
 *
 * @param file where it is
 * @param from first second that is looked at
 * @param to last second, infinite for the end; both mean nothing for pictures
 */
public record Medium(Path file, double from, double to) {

  /** Returns a picture or a whole video. */
  public static Medium of(Path file) {
    return new Medium(file, 0, Double.POSITIVE_INFINITY);
  }
}
