package dev.flamingo.job.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CaptionTimesTest {

  private static final long SECOND = 1_000;

  private final CaptionTimes times = new CaptionTimes(Duration.ofSeconds(4));

  @Test
  void captionsAreATurnApartThoughFramesAreNotExact() {
    List<Long> captioned = captioned("street", second -> second * SECOND + second * 37 % 90);

    for (int i = 2; i < captioned.size(); i++) {
      assertThat(captioned.get(i) - captioned.get(i - 1)).isBetween(3 * SECOND, 5 * SECOND);
    }
    assertThat(captioned).hasSizeBetween(25, 26);
  }

  @Test
  void streamsThatBeganTogetherAreCaptionedInDifferentSeconds() {
    List<Long> second =
        IntStream.range(0, 400)
            .mapToObj(i -> captioned("street-" + i, at -> at * SECOND).get(2) / SECOND % 4)
            .toList();

    for (long turn = 0; turn < 4; turn++) {
      long own = turn;
      assertThat(second.stream().filter(at -> at == own).count()).isBetween(70L, 130L);
    }
  }

  @Test
  void aStreamWhoseClockWasPutBackIsCaptionedAtOnce() {
    assertThat(times.isDue("street", 3_600 * SECOND, 100 * SECOND)).isTrue();
  }

  private interface Clock {
    long at(int second);
  }

  private List<Long> captioned(String stream, Clock clock) {
    List<Long> captioned = new ArrayList<>(List.of(clock.at(0)));
    for (int second = 1; second <= 100; second++) {
      long now = clock.at(second);
      if (times.isDue(stream, captioned.get(captioned.size() - 1), now)) {
        captioned.add(now);
      }
    }
    return captioned;
  }
}
