package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LivePacerTest {

  private static final long NOON = 1_700_000_000_000_000L;

  @ParameterizedTest
  @ValueSource(ints = {60, 30, 25, 15, 7, 3, 2})
  void aFastCameraIsThinnedToOneASecond(int rate) {
    assertThat(taken(100 * rate, i -> i * 1_000_000 / rate)).isEqualTo(100);
  }

  @Test
  void aCameraOfOnePictureASecondLosesNoneToItsJitter() {
    Random random = new Random(3);
    assertThat(taken(1000, i -> i * 1_000_000 + random.nextInt(100_000))).isBetween(995, 1000);
  }

  @Test
  void aSlowCameraKeepsEveryPicture() {
    assertThat(taken(50, i -> i * 3_100_000)).isEqualTo(50);
  }

  @Test
  void aBurstAfterSilenceGivesOnePicture() {
    LivePacer pacer = new LivePacer();
    pacer.offer(NOON);
    long later = NOON + 8_000_000;
    int taken = 0;
    for (int i = 0; i < 200; i++) {
      taken += pacer.offer(later + i * 100L) ? 1 : 0;
    }
    assertThat(taken).isEqualTo(1);
  }

  @Test
  void aClockThatIsSetBackSilencesNobody() {
    LivePacer pacer = new LivePacer();
    int taken = 0;
    for (int i = 0; i < 100; i++) {
      long setBack = i < 45 ? 0 : 3_600_000_000L;
      taken += pacer.offer(NOON - setBack + i * 100_000L) ? 1 : 0;
    }
    assertThat(taken).isBetween(9, 11);
  }

  /** Bursts of any size at any spacing below a second, with jitter: one picture a second. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void burstsGiveExactlyOnePictureASecond(long seed) {
    Random random = new Random(seed);
    for (int pattern = 0; pattern < 50; pattern++) {
      long spacing = random.nextLong(50_000, 750_000);
      long jitter = random.nextLong(1, 100_000);
      int size = 1 + random.nextInt(8);
      long within = random.nextLong(8, 40_000);
      LivePacer pacer = new LivePacer();
      List<Long> taken = new ArrayList<>();
      long now = 0;
      for (long burst = 0; burst < 60_000_000; burst += spacing) {
        now = Math.max(now, burst + random.nextLong(jitter));
        for (int i = 0; i < size; i++) {
          if (pacer.offer(NOON + now)) {
            taken.add(now);
          }
          now += random.nextLong(within) / size;
        }
      }
      assertThat(taken).as("spacing %d, size %d", spacing, size).hasSizeBetween(59, 61);
      for (int i = 0; i < taken.size(); i++) {
        // The second's own slot, which begins a fifth early.
        assertThat(taken.get(i) - taken.get(0))
            .isBetween(i * 1_000_000L - 200_000, i * 1_000_000L + 999_999);
      }
    }
  }

  private static int taken(int pictures, LongUnaryOperator at) {
    LivePacer pacer = new LivePacer();
    int taken = 0;
    for (int i = 0; i < pictures; i++) {
      taken += pacer.offer(NOON + at.applyAsLong(i)) ? 1 : 0;
    }
    return taken;
  }
}
