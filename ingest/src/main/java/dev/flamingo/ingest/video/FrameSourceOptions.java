package dev.flamingo.ingest.video;

import dev.flamingo.settings.Setting;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How pictures leave a source.
 *
 * @param size side of the square picture in pixels, even
 * @param padding fills what the source's aspect leaves free; the model's mean colour disturbs it
 *     least
 * @param quality JPEG quality, 1 to 100
 * @param fast replays files and the street as fast as they are taken, instead of in real time
 * @param startAt capture time of a file's first picture; null means the moment it is opened
 * @param stallAfter silence after which a live source counts as stalled
 */
public record FrameSourceOptions(
    @Setting("side of the square frames in pixels; even, as large as the model's pictures")
        int size,
    @Setting("colour that fills what a picture's aspect leaves free") Rgb padding,
    @Setting("JPEG quality of the frames, 1 to 100") int quality,
    @Setting("reads recordings as fast as possible instead of in real time") boolean fast,
    @Setting("capture time of a recording's first picture; else the moment it is opened")
        @Nullable Instant startAt,
    @Setting("silence after which a live source counts as stalled") Duration stallAfter) {

  /** Checks the ranges that nothing further down checks. */
  public FrameSourceOptions {
    if (size < 16 || size > 4096 || size % 2 != 0) {
      throw new IllegalArgumentException(
          "the frame size must be an even number from 16 to 4096, but was " + size);
    }
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("the jpeg quality must be 1 to 100, but was " + quality);
    }
    if (stallAfter.isNegative() || stallAfter.isZero()) {
      throw new IllegalArgumentException("the stall bound must be positive, but was " + stallAfter);
    }
  }

  /** 96 pixels, grey padding, real time. */
  public static FrameSourceOptions defaults() {
    return new FrameSourceOptions(
        96,
        new Rgb(128, 128, 128),
        JpegEncoder.DEFAULT_QUALITY,
        /* fast= */ false,
        /* startAt= */ null,
        Duration.ofSeconds(10));
  }

  /** The same with pictures of another size. */
  public FrameSourceOptions withSize(int pixels) {
    return new FrameSourceOptions(pixels, padding, quality, fast, startAt, stallAfter);
  }

  /** The same with another colour around the picture. */
  public FrameSourceOptions withPadding(Rgb colour) {
    return new FrameSourceOptions(size, colour, quality, fast, startAt, stallAfter);
  }

  /** The same, replayed as fast as possible or in real time. */
  public FrameSourceOptions withFast(boolean asFastAsPossible) {
    return new FrameSourceOptions(size, padding, quality, asFastAsPossible, startAt, stallAfter);
  }

  /** The same, with files whose first picture was captured then. */
  public FrameSourceOptions withStartAt(Instant firstCapture) {
    return new FrameSourceOptions(size, padding, quality, fast, firstCapture, stallAfter);
  }

  /** The same with another bound on a live source's silence. */
  public FrameSourceOptions withStallAfter(Duration silence) {
    return new FrameSourceOptions(size, padding, quality, fast, startAt, silence);
  }
}
