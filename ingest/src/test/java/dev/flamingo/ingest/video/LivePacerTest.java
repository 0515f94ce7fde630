package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;

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
    pacer.offer(NOON);
    assertThat(pacer.offer(NOON - 3_600_000_000L)).isTrue();
    assertThat(pacer.offer(NOON - 3_599_000_000L)).isTrue();
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
