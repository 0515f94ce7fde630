package dev.flamingo.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.events.VisualTokenHeaders;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FrameGapsTest {

  private final FrameGaps gaps = new FrameGaps();

  private long before(String stream, double from, double to, int frames) {
    return gaps.before(stream, new VisualTokenHeaders(at(from), at(to), frames, "model"));
  }

  private static Instant at(double second) {
    return Instant.ofEpochMilli(Math.round(second * 1_000));
  }

  @Test
  void windowsThatFollowOneAnotherMissNothing() {
    assertThat(before("a", 0.3, 7.3, 8)).isZero();
    assertThat(before("a", 8.3, 15.3, 8)).isZero();
    assertThat(before("b", 100, 107.04, 8)).isZero();
  }

  @Test
  void framesMayBeMissingInAWindowAndBeforeIt() {
    assertThat(before("a", 0, 9, 8)).isEqualTo(2);
    assertThat(before("a", 13, 20, 8)).isEqualTo(3);
    assertThat(before("a", 22, 30, 8)).isEqualTo(2);
  }

  @Test
  void whatIsForgottenIsMissedByNobody() {
    assertThat(before("a", 0, 7, 8)).isZero();
    gaps.clear();
    assertThat(before("a", 60, 67, 8)).isZero();
  }
}
