package dev.flamingo.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void waitsDoubleUpToTheCapAndStartOverOnSuccess() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), new Random(1));
    long[] bounds = {1, 2, 4, 8, 16, 30, 30};
    for (long bound : bounds) {
      assertThat(backoff.next())
          .isBetween(Duration.ofMillis(bound * 500), Duration.ofSeconds(bound));
    }
    backoff.reset();
    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void whatWorksForAMomentOnlyIsNotTriedEveryMoment() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), new Random(1));
    for (long bound : new long[] {1, 2, 4, 8}) {
      assertThat(backoff.next()).isGreaterThanOrEqualTo(Duration.ofMillis(bound * 500));
      backoff.worked(Duration.ofSeconds(1));
    }
    backoff.worked(Duration.ofSeconds(16));
    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aSlowerOneWaitsSoManyTimesAsLong() {
    Backoff rarely =
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), new Random(1)).slower(300, 30);
    assertThat(rarely.next()).isBetween(Duration.ofSeconds(150), Duration.ofMinutes(5));
    assertThat(rarely.next()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(10));
    assertThat(rarely.next()).isBetween(Duration.ofSeconds(450), Duration.ofMinutes(15));
  }

  @Test
  void waitsDiffer() {
    Random random = new Random(2);
    Set<Duration> waits = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      waits.add(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), random).next());
    }
    assertThat(waits).hasSizeGreaterThan(10);
  }
}
