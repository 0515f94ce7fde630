package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class NativeThreadsTest {

  @Test
  void threadsThatHangAreGivenUpAndPastTheBoundNoneIsStarted() {
    NativeThreads threads = new NativeThreads(2, Duration.ofMillis(30));
    CountDownLatch wakeUp = new CountDownLatch(1);
    for (int i = 0; i < 2; i++) {
      Thread hung = threads.start("hung", () -> hang(wakeUp));
      hung.interrupt();
      threads.awaitEnd(hung);
    }
    assertThat(threads.hanging()).isEqualTo(2);
    assertThatThrownBy(() -> threads.start("one more", () -> {}))
        .isInstanceOf(VideoException.class)
        .hasMessage("2 video readers hang in native code; restart this process");

    wakeUp.countDown();
    await().untilAsserted(() -> assertThat(threads.hanging()).isZero());
    threads.awaitEnd(threads.start("one more", () -> {}));
    assertThat(threads.hanging()).isZero();
  }

  /** Deaf to interrupts, as native code is. */
  private static void hang(CountDownLatch wakeUp) {
    while (wakeUp.getCount() > 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
