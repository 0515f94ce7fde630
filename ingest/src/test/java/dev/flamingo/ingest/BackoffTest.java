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
  void waitsDiffer() {
    Random random = new Random(2);
    Set<Duration> waits = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      waits.add(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), random).next());
    }
    assertThat(waits).hasSizeGreaterThan(10);
  }
}
