package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveClockTest {

  private static final long NOON = 1_700_000_000_000_000L;
  private static final long SECOND = 1_000_000;

  private final LiveClock clock = new LiveClock();
  private long waited;
  private long last;

  /** A picture that arrives at a moment; reading waited for it since the one before. */
  private long seen(long presented, long arrived) {
    waited += Math.max(0, Math.min(SECOND / 2, arrived - last));
    last = arrived;
    return clock.seen(presented, NOON + arrived, waited) - NOON;
  }

  @Test
  void aCameraThatDeliversAtOnceIsStampedOnArrival() {
    for (int i = 0; i < 100; i++) {
      assertThat(seen(77_000_000 + i * 40_000L, i * 40_000L)).isEqualTo(i * 40_000L);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 4, 10, 30})
  void picturesOfAClusterKeepTheirOwnTimes(long seconds) {
    for (int cluster = 1; cluster <= 20; cluster++) {
      long arrived = cluster * seconds * SECOND;
      for (int i = 0; i < 10 * seconds; i++) {
        long presented = (cluster - 1) * seconds * SECOND + i * 100_000L;
        long seen = seen(presented, arrived);
        if (cluster > 1) {
          assertThat(seen).isCloseTo(presented + 100_000, within(30_000L));
        }
      }
    }
  }

  @Test
  void aPictureThatWaitedInAParserIsOld() {
    seen(0, 0);
    seen(SECOND, SECOND);
    assertThat(seen(2 * SECOND, 12 * SECOND)).isEqualTo(2 * SECOND);
  }

  @Test
  void whatIsDelayedByJitterIsStampedWithoutIt() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      long taken = i * 100_000L;
      assertThat(seen(taken, taken + random.nextInt(90_000))).isBetween(taken - 1, taken + 90_000);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {18_000_000_000L, -40_000_000L, -2_000_000L, 8_000_000L})
  void aClockThatJumpsIsFollowed(long jump) {
    for (int i = 0; i < 200; i++) {
      long seen = seen(i * 100_000L + (i < 100 ? 0 : jump), i * 100_000L);
      assertThat(seen).isEqualTo(i * 100_000L);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.8, 1.25, 3})
  void aClockOfTheWrongPaceIsFollowed(double pace) {
    for (int i = 0; i < 300; i++) {
      long arrived = i * 100_000L;
      assertThat(seen((long) (arrived * pace), arrived)).isBetween(arrived - 1_200_000, arrived);
    }
  }

  @Test
  void aCameraThatPausedWithItsClockIsFreshAgainSoon() {
    for (int i = 0; i < 100; i++) {
      long pause = i < 50 ? 0 : 6 * SECOND;
      long arrived = i * 100_000L + pause;
      long seen = seen(i * 100_000L, arrived);
      if (i < 50 || i > 75) {
        assertThat(seen).isEqualTo(arrived);
      }
    }
  }

  @Test
  void aWallClockThatIsSetBackIsFollowed() {
    for (int i = 0; i < 100; i++) {
      long arrived = i * 100_000L - (i < 50 ? 0 : 600 * SECOND);
      assertThat(clock.seen(i * 100_000L, NOON + arrived, i * 100_000L)).isEqualTo(NOON + arrived);
    }
  }

  @Test
  void timesNeverGoBack() {
    Random random = new Random(5);
    long before = Long.MIN_VALUE;
    long arrived = 0;
    for (int i = 0; i < 20_000; i++) {
      arrived += random.nextInt(4) == 0 ? random.nextInt(2_000_000) : random.nextInt(5_000);
      long presented =
          random.nextInt(50) == 0 ? random.nextInt() : arrived - random.nextInt(300_000);
      long seen = seen(presented, arrived);
      assertThat(seen).isBetween(Math.max(before, arrived - 61 * SECOND), arrived);
      before = seen;
    }
  }
}
