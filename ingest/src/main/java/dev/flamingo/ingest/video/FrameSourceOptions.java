package dev.flamingo.ingest.video;

import dev.flamingo.settings.Setting;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How pictures leave a source.
 *
 * @param formats the form of the model's frames, asked before each frame
 * @param snapshotEvery time between two pictures for people; zero for none
 * @param quality JPEG quality of the frames, 1 to 100
 * @param fast replays files and the street as fast as they are taken, instead of in real time
 * @param startAt capture time of a file's first picture; null means the moment it is opened
 * @param stallAfter silence after which a live source counts as stalled
 */
public record FrameSourceOptions(
    FrameFormats formats,
    Duration snapshotEvery,
    @Setting("JPEG quality of the frames, 1 to 100") int quality,
    @Setting("reads recordings as fast as possible instead of in real time") boolean fast,
    @Setting("capture time of a recording's first picture; else the moment it is opened")
        @Nullable Instant startAt,
    @Setting("silence after which a live source counts as stalled") Duration stallAfter) {

  /** Checks the ranges that nothing further down checks. */
  public FrameSourceOptions {
    if (snapshotEvery.isNegative()) {
      throw new IllegalArgumentException(
          "the time between snapshots must not be negative, but was " + snapshotEvery);
    }
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("the jpeg quality must be 1 to 100, but was " + quality);
    }
    if (stallAfter.isNegative() || stallAfter.isZero()) {
      throw new IllegalArgumentException("the stall bound must be positive, but was " + stallAfter);
    }
  }

  /** Frames of 96 pixels with grey padding, no snapshots, real time. */
  public static FrameSourceOptions defaults() {
    return new FrameSourceOptions(
        FrameFormats.fixed(FrameFormat.DEFAULT),
        Duration.ZERO,
        JpegEncoder.DEFAULT_QUALITY,
        /* fast= */ false,
        /* startAt= */ null,
        Duration.ofSeconds(10));
  }

  /** The same with frames of a form that may change. */
  public FrameSourceOptions withFormats(FrameFormats wanted) {
    return new FrameSourceOptions(wanted, snapshotEvery, quality, fast, startAt, stallAfter);
  }

  /** The same with frames of another form. */
  public FrameSourceOptions withFormat(FrameFormat format) {
    return withFormats(FrameFormats.fixed(format));
  }

  /** The same with frames of another size, the whole picture on grey. */
  public FrameSourceOptions withSize(int pixels) {
    return withFormat(FrameFormat.DEFAULT.withSize(pixels));
  }

  /** The same with pictures for people. */
  public FrameSourceOptions withSnapshotEvery(Duration time) {
    return new FrameSourceOptions(formats, time, quality, fast, startAt, stallAfter);
  }

  /** The same, replayed as fast as possible or in real time. */
  public FrameSourceOptions withFast(boolean asFastAsPossible) {
    return new FrameSourceOptions(
        formats, snapshotEvery, quality, asFastAsPossible, startAt, stallAfter);
  }

  /** The same, with files whose first picture was captured then. */
  public FrameSourceOptions withStartAt(Instant firstCapture) {
    return new FrameSourceOptions(formats, snapshotEvery, quality, fast, firstCapture, stallAfter);
  }

  /** The same with another bound on a live source's silence. */
  public FrameSourceOptions withStallAfter(Duration silence) {
    return new FrameSourceOptions(formats, snapshotEvery, quality, fast, startAt, silence);
  }

  /**
   * The widest picture in pixels that is made now: a smaller one of the source would be blurred.
   */
  int widest() {
    int frame = formats.current().orElse(FrameFormat.DEFAULT).size();
    return snapshotEvery.isZero() ? frame : Math.max(frame, Snapshots.WIDTH);
  }
}
