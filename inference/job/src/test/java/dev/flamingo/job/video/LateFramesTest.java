package dev.flamingo.job.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LateFramesTest {

  private static final long BEGUN = 1_000_000;

  private final LateFrames frames = new LateFrames(Duration.ofSeconds(3), BEGUN);

  @Test
  void aFrameIsLateWhenItIsOlderThanTheLimit() {
    assertThat(frames.isLate(BEGUN + 60_000, BEGUN + 63_000)).isFalse();
    assertThat(frames.isLate(BEGUN + 60_000, BEGUN + 63_001)).isTrue();
  }

  @Test
  void whatWasCapturedBeforeTheJobBeganIsNeverLate() {
    assertThat(frames.isLate(BEGUN - 3_600_000, BEGUN)).isFalse();
    assertThat(frames.isLate(BEGUN - 1, BEGUN + 600_000)).isFalse();
  }

  @Test
  void whatWasCapturedWhileTheBacklogWasReadIsMadeUpForAtTwiceItsPace() {
    long read = BEGUN + 600_000;
    assertThat(frames.isLate(BEGUN - 1, read)).isFalse();

    assertThat(frames.isLate(BEGUN + 200_000, read + 100_000)).isFalse();
    assertThat(frames.isLate(BEGUN + 190_000, read + 100_000)).isTrue();
  }

  @Test
  void whatAClockAheadCapturedIsNotLate() {
    assertThat(frames.isLate(BEGUN + 90_000, BEGUN + 60_000)).isFalse();
  }
}
