package dev.flamingo.ingest.video;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;

/** A world that is drawn instead of filmed: one picture a second, without an end. */
final class StreetSource implements FrameSource {

  /** Draws the world. */
  interface View {

    /**
     * Draws the world at a second; seconds come in order.
     *
     * @param rgb receives size x size pixels of three bytes: red, green, blue
     */
    void draw(long second, byte[] rgb);
  }

  private final PresentationClock time;
  private final boolean live;
  private final StreetPictures pictures;
  private final Snapshots snapshots;
  private long second;
  private boolean closed;

  /**
   * Opens the world.
   *
   * @param views draws it, by the side of the square in pixels
   */
  StreetSource(IntFunction<View> views, FrameSourceOptions options, Clock clock) {
    this.time =
        new PresentationClock(
            clock,
            Objects.requireNonNullElseGet(options.startAt(), clock::instant),
            /* realTime= */ !options.fast());
    this.live = !options.fast();
    this.pictures = new StreetPictures(views, options);
    this.snapshots = new Snapshots(options.snapshotEvery());
  }

  @Override
  public Optional<SampledFrame> next() throws InterruptedException {
    long micros = second * 1_000_000;
    Instant captured = time.await(micros);
    // The wait is outside the lock, so that closing need not wait for it.
    synchronized (this) {
      if (closed) {
        return Optional.empty();
      }
      boolean due = snapshots.isDue(micros);
      TakenPicture taken = pictures.take(second, due);
      if (due) {
        snapshots.delivered(micros);
      }
      SampledFrame frame = new SampledFrame(second, captured, second * 1000, taken);
      second++;
      return Optional.of(frame);
    }
  }

  @Override
  public boolean live() {
    return live;
  }

  @Override
  public Losses losses() {
    return Losses.NONE;
  }

  @Override
  public synchronized void close() {
    closed = true;
    pictures.close();
  }
}
