package dev.flamingo.standalone.video;

import dev.flamingo.ingest.video.FrameSource;
import dev.flamingo.ingest.video.SampledFrame;
import dev.flamingo.ingest.video.TakenPicture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Frames that were written down, each with the time that it takes to come. */
final class ScriptedSource implements FrameSource {

  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private record Step(boolean live, Duration takes, SampledFrame frame) {}

  private final AtomicLong nanos;
  private final Deque<Step> steps = new ArrayDeque<>();
  private boolean live;

  /** Makes one that moves a clock on with every frame. */
  ScriptedSource(AtomicLong nanos) {
    this.nanos = nanos;
  }

  /** Adds frames of a recording, one a second from its start. */
  ScriptedSource recorded(int count) {
    return frames(/* isLive= */ false, count, Duration.ZERO);
  }

  /** Adds frames of a camera, one a second. */
  ScriptedSource live(int count) {
    return frames(/* isLive= */ true, count, Duration.ofSeconds(1));
  }

  private ScriptedSource frames(boolean isLive, int count, Duration takes) {
    for (int i = 0; i < count; i++) {
      steps.add(
          new Step(
              isLive,
              takes,
              new SampledFrame(
                  i, NOON.plusSeconds(i), i * 1000L, TakenPicture.frame(2, 2, new byte[0]))));
    }
    return this;
  }

  @Override
  public Optional<SampledFrame> next() {
    Step step = steps.poll();
    if (step == null) {
      return Optional.empty();
    }
    live = step.live();
    nanos.addAndGet(step.takes().toNanos());
    return Optional.of(step.frame());
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
  public void close() {}
}
