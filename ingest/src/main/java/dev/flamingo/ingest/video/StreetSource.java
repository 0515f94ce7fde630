package dev.flamingo.ingest.video;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

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

  private final View view;
  private final FrameSourceOptions options;
  private final PresentationClock time;
  private final byte[] rgb;
  private final JpegEncoder encoder;
  private long second;
  private boolean closed;

  StreetSource(View view, FrameSourceOptions options, Clock clock) {
    this.view = view;
    this.options = options;
    this.time =
        new PresentationClock(
            clock,
            Objects.requireNonNullElseGet(options.startAt(), clock::instant),
            /* realTime= */ !options.fast());
    this.rgb = new byte[options.size() * options.size() * 3];
    this.encoder = new JpegEncoder(options.size(), options.size(), options.quality());
  }

  @Override
  public Optional<SampledFrame> next() throws InterruptedException {
    Instant captured = time.await(second * 1_000_000);
    // The wait is outside the lock, so that closing need not wait for it.
    synchronized (this) {
      if (closed) {
        return Optional.empty();
      }
      view.draw(second, rgb);
      SampledFrame frame =
          new SampledFrame(
              second, captured, second * 1000, options.size(), options.size(), encoder.encode(rgb));
      second++;
      return Optional.of(frame);
    }
  }

  @Override
  public boolean live() {
    return !options.fast();
  }

  @Override
  public Losses losses() {
    return Losses.NONE;
  }

  @Override
  public synchronized void close() {
    closed = true;
    encoder.close();
  }
}
