package dev.flamingo.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MetronomeTest {

  private final AtomicLong now = new AtomicLong(100);

  @Test
  void itWaitsUntilTheMomentIsThere() {
    Metronome metronome = new Metronome(() -> now.getAndAdd(10));
    metronome.await(35);
    assertThat(metronome.elapsed()).isEqualTo(50);
  }

  @Test
  void whatIsDueAlreadyIsNotWaitedFor() {
    Metronome metronome = new Metronome(now::get);
    now.set(400);
    metronome.await(300);
    assertThat(metronome.elapsed()).isEqualTo(300);
  }
}
