package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StillnessTest {

  private static final long SECOND = 1_000_000_000;

  @Test
  void onlyAPictureThatIsTheSameForLongIsStale() {
    Stillness stillness = new Stillness(Duration.ofSeconds(60));
    assertThat(stillness.known()).isFalse();
    assertThat(stillness.isStale(new byte[] {1}, 0)).isFalse();
    assertThat(stillness.isStale(new byte[] {1}, 60 * SECOND)).isFalse();
    assertThat(stillness.isStale(new byte[] {1}, 61 * SECOND)).isTrue();
    assertThat(stillness.isStale(new byte[] {1}, 99 * SECOND)).isTrue();
    assertThat(stillness.isStale(new byte[] {2}, 100 * SECOND)).isFalse();
    assertThat(stillness.known()).isTrue();
  }
}
