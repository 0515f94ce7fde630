package dev.flamingo.ingest;

import dev.flamingo.ingest.video.FrameSource;
import dev.flamingo.ingest.video.SampledFrame;
import dev.flamingo.ingest.video.TakenPicture;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A source that gives a number of pictures and then does what the test says. */
final class ScriptedSource implements FrameSource {

  /** What follows the pictures. */
  interface Finale {
    Optional<SampledFrame> play() throws InterruptedException;
  }

  private final int pictures;
  private final boolean live;
  private final Finale finale;
  private final AtomicInteger closed;
  private int given;

  ScriptedSource(int pictures, boolean live, AtomicInteger closed, Finale finale) {
    this.pictures = pictures;
    this.live = live;
    this.closed = closed;
    this.finale = finale;
  }

  /** Waits until it is interrupted. */
  static Optional<SampledFrame> never() throws InterruptedException {
    new CountDownLatch(1).await();
    return Optional.empty();
  }

  @Override
  public Optional<SampledFrame> next() throws InterruptedException {
    if (given == pictures) {
      return finale.play();
    }
    int index = given++;
    return Optional.of(
        new SampledFrame(
            index,
            Instant.ofEpochSecond(index),
            index * 1000L,
            TakenPicture.frame(96, 96, new byte[] {1})));
  }

  @Override
  public boolean live() {
    return live;
  }

  @Override
  public Losses losses() {
    return new Losses(2, 1);
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }
}
