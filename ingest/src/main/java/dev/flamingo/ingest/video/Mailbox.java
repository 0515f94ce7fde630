package dev.flamingo.ingest.video;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Hands sampled pictures, and at last the reason why there are no more, from the reading thread to
 * the taking one.
 */
final class Mailbox {

  private static final int CAPACITY = 4;

  /** What lies in a mailbox. */
  sealed interface Mail {}

  /** A picture. */
  record Picture(SampledFrame frame) implements Mail {}

  /** The source ended as it should. */
  record Ended() implements Mail {}

  /** The source broke. */
  record Failed(VideoException cause) implements Mail {}

  private final ArrayBlockingQueue<Mail> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong dropped = new AtomicLong();

  /** Waits for room. */
  void put(Mail mail) throws InterruptedException {
    queue.put(mail);
  }

  /** Makes room by dropping the oldest picture. */
  void putNewest(Mail mail) {
    while (!queue.offer(mail)) {
      if (queue.poll() != null) {
        dropped.incrementAndGet();
      }
    }
  }

  /** Waits for the next mail, null if none comes in time. */
  @Nullable Mail take(Duration patience) throws InterruptedException {
    return queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Pictures that nobody took in time. */
  long dropped() {
    return dropped.get();
  }
}
