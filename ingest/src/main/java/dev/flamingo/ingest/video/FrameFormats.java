package dev.flamingo.ingest.video;

import java.util.Optional;

/**
 * The form in which frames are wanted now. Asked before each frame, so that a change counts at
 * once.
 */
@FunctionalInterface
public interface FrameFormats {

  /** The form; nothing while no model wants frames. Safe for use by many threads. */
  Optional<FrameFormat> current();

  /** A form that never changes. */
  static FrameFormats fixed(FrameFormat format) {
    Optional<FrameFormat> always = Optional.of(format);
    return () -> always;
  }
}
