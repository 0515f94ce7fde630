package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecondSamplerTest {

  private static final long SECOND = 1_000_000;

  @ParameterizedTest
  @CsvSource({"30,1", "25,1", "30000,1001", "24000,1001", "15,2", "1,1", "60,1", "7,1"})
  void aSteadyRateGivesTheFirstPictureOfEverySecond(int num, int den) {
    int pictures = 20 * num / den;
    List<Long> taken =
        sample(LongStream.range(0, pictures).map(i -> i * SECOND * den / num).toArray());
    long seconds = (pictures - 1L) * den / num + 1;
    assertThat(taken).hasSize((int) seconds);
    for (int second = 0; second < seconds; second++) {
      assertThat(taken.get(second))
          .isBetween(second * SECOND, second * SECOND + SECOND * den / num);
    }
  }

  @Test
  void aPictureThatStaysOnTheScreenIsTakenForEverySecondItStays() {
    SecondSampler sampler = new SecondSampler(60 * SECOND);
    sampler.offer(0, 0);
    sampler.offer(900_000, 0);
    assertThat(sampler.offer(4_200_000, 0))
        .isEqualTo(new SecondSampler.Step(1, 3, true, 4_200_000));
  }

  @Test
  void theLastPictureStaysForItsDuration() {
    SecondSampler sampler = new SecondSampler(60 * SECOND);
    sampler.offer(0, 3_000_000);
    assertThat(sampler.end().held()).isEqualTo(2);
    assertThat(sampler.end().held()).isZero();
  }

  @Test
  void aDurationRoundedUpAddsNoSecond() {
    SecondSampler sampler = new SecondSampler(60 * SECOND);
    sampler.offer(0, 33_334);
    sampler.offer(966_667, 33_334);
    assertThat(sampler.end().held()).isZero();
  }

  @Test
  void nothingOfferedGivesNothing() {
    assertThat(new SecondSampler(60 * SECOND).end().held()).isZero();
  }

  @Test
  void secondsCountFromTheFirstPictureWhateverItsTimestamp() {
    assertThat(sample(-2_500_000, -2_000_000, -1_500_000, -1_400_000, -500_000))
        .containsExactly(0L, SECOND, 2 * SECOND);
    assertThat(sample(95_443_717_000L, 95_444_717_000L)).containsExactly(0L, SECOND);
  }

  @Test
  void aWrappedClockGoesOn() {
    List<Long> taken = new ArrayList<>();
    SecondSampler sampler = new SecondSampler(60 * SECOND);
    long wrap = (1L << 33) * 100 / 9;
    for (int i = 0; i < 100; i++) {
      long raw = (wrap - 5 * SECOND + i * 100_000L) % wrap;
      SecondSampler.Step step = sampler.offer(raw, 100_000);
      assertThat(step.held()).isZero();
      if (step.taken()) {
        taken.add(step.micros());
      }
    }
    assertThat(taken).hasSize(10).isSorted();
  }

  @Test
  void lookingSaysWhatOfferingGivesAndChangesNothing() {
    SecondSampler sampler = new SecondSampler(60 * SECOND);
    for (long timestamp : new long[] {7_000_000, 7_500_000, 10_100_000, 1_000_000, 2_000_000}) {
      SecondSampler.Step looked = sampler.look(timestamp);
      assertThat(sampler.look(timestamp)).isEqualTo(looked);
      assertThat(sampler.offer(timestamp, 500_000)).isEqualTo(looked);
    }
  }

  @Test
  void aJumpForwardIsNoMinuteOfStillPicture() {
    SecondSampler sampler = new SecondSampler(60 * SECOND);
    sampler.offer(0, 40_000);
    SecondSampler.Step step = sampler.offer(3_600 * SECOND, 40_000);
    assertThat(step).isEqualTo(new SecondSampler.Step(1, 0, false, 40_000));
    assertThat(sampler.offer(3_601 * SECOND, 40_000).taken()).isTrue();
  }

  @Test
  void aPictureMayStandForAsLongAsItsOwnDurationSays() {
    SecondSampler sampler = new SecondSampler(10 * SECOND);
    sampler.offer(0, 300 * SECOND);
    assertThat(sampler.offer(300 * SECOND, 40_000).held()).isEqualTo(299);
    assertThat(sampler.offer(340 * SECOND, 40_000).held()).isZero();
  }

  @Test
  void aSmallStepBackTakesNothingTwice() {
    assertThat(sample(0, 1_010_000, 990_000, 1_020_000, 2_000_000))
        .containsExactly(0L, 1_010_000L, 2 * SECOND);
  }

  @Test
  void startingOverBeginsWithAFreshSecond() {
    SecondSampler sampler = new SecondSampler(60 * SECOND);
    sampler.offer(0, 500_000);
    sampler.offer(500_000, 500_000);
    sampler.restart();
    assertThat(sampler.offer(0, 500_000)).isEqualTo(new SecondSampler.Step(1, 0, true, SECOND));
    assertThat(sampler.offer(500_000, 500_000).taken()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5"})
  void wildTimestampsNeverFloodAndNeverRepeatASecond(long seed) {
    Random random = new Random(seed);
    SecondSampler sampler = new SecondSampler(60 * SECOND);
    long lastSecond = -1;
    for (int i = 0; i < 20_000; i++) {
      long timestamp = random.nextInt(4) == 0 ? random.nextLong() : random.nextLong(10 * SECOND);
      SecondSampler.Step step = sampler.offer(timestamp, random.nextLong(2 * SECOND));
      assertThat(step.held()).isBetween(0, 61);
      if (step.taken()) {
        long second = Math.floorDiv(step.micros(), SECOND);
        assertThat(step.firstHeld() + step.held()).isEqualTo(second);
        assertThat(second).isGreaterThan(lastSecond);
        lastSecond = second;
      }
    }
  }

  private static List<Long> sample(long... timestamps) {
    SecondSampler sampler = new SecondSampler(60 * SECOND);
    List<Long> taken = new ArrayList<>();
    for (long timestamp : timestamps) {
      SecondSampler.Step step = sampler.offer(timestamp, 0);
      assertThat(step.held()).isZero();
      if (step.taken()) {
        taken.add(step.micros());
      }
    }
    return taken;
  }
}
