package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.flamingo.ingest.video.NativeThreads.Reader;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NativeThreadsTest {

  private final NativeThreads threads =
      new NativeThreads(/* many= */ 2, /* most= */ 4, Duration.ofMillis(30));
  private final CountDownLatch wakeUp = new CountDownLatch(1);

  @AfterEach
  void wakeUp() {
    wakeUp.countDown();
  }

  @Test
  void anAddressWhoseReaderHangsIsRefusedUntilThatEnds() {
    Reader bad = reader("bad", "a");
    abandon(bad);
    assertThatThrownBy(() -> threads.start(bad, () -> {}))
        .isInstanceOf(VideoException.class)
        .hasMessage(
            "an earlier reader of bad still hangs in native code; it is opened again when that ends");

    wakeUp.countDown();
    await().untilAsserted(() -> assertThat(threads.hanging()).isZero());
    threads.awaitEnd(bad, threads.start(bad, () -> {}));
    assertThat(threads.hanging()).isZero();
  }

  @Test
  void hostsWithoutAHangingReaderDoNotPayForThoseThatHaveSome() {
    abandon(reader("one", "a"));
    abandon(reader("two", "a"));
    assertThatThrownBy(() -> threads.start(reader("three", "a"), () -> {}))
        .hasMessage(
            "2 video readers hang in native code, one of this host among them; restart this process");
    Reader healthy = reader("healthy", "b");
    threads.awaitEnd(healthy, threads.start(healthy, () -> {}));
    assertThat(threads.hanging()).isEqualTo(2);
  }

  @Test
  void theirNumberIsBoundedForTheWholeProcess() {
    for (String host : new String[] {"a", "b", "c", "d"}) {
      abandon(reader(host, host));
    }
    assertThatThrownBy(() -> threads.start(reader("e", "e"), () -> {}))
        .hasMessage(
            "4 video readers hang in native code, too many for another; restart this process");
  }

  private static Reader reader(String address, String host) {
    return new Reader("rtsp://user:secret@" + address, host, address);
  }

  private void abandon(Reader reader) {
    Thread hung = threads.start(reader, this::hang);
    hung.interrupt();
    threads.awaitEnd(reader, hung);
  }

  /** Deaf to interrupts, as native code is. */
  private void hang() {
    while (wakeUp.getCount() > 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
