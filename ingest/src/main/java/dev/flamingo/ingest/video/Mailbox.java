package dev.flamingo.ingest.video;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Hands sampled pictures, and at last the reason why there are no more, from the reading thread to
 * the taking one.
 */
final class Mailbox {

  /** What a recording decodes ahead. */
  private static final int AHEAD = 4;

  /** Seconds that a camera may deliver at once. */
  private static final int CAPACITY = 60;

  /** So long a picture is kept for the sake of a fresher one. */
  private static final Duration KEPT = Duration.ofMillis(500);

  /** What lies in a mailbox. */
  sealed interface Mail {}

  /** A picture. */
  record Picture(SampledFrame frame) implements Mail {}

  /** The source ended as it should. */
  record Ended() implements Mail {}

  /** The source broke. */
  record Failed(VideoException cause) implements Mail {}

  private final Deque<Mail> queue = new ArrayDeque<>();
  private @Nullable Mail kept;
  private long keptUntil;
  private long dropped;

  /** Waits for room. */
  synchronized void put(Mail mail) throws InterruptedException {
    while (queue.size() >= AHEAD) {
      wait();
    }
    add(mail);
  }

  /** Makes room by dropping the oldest picture. */
  synchronized void putNewest(Mail mail) {
    while (queue.size() >= CAPACITY) {
      queue.removeFirst();
      dropped++;
    }
    add(mail);
  }

  private void add(Mail mail) {
    queue.addLast(mail);
    notifyAll();
  }

  /**
   * Hands a picture over unless a fresher one, or {@link #discardKept()}, comes soon.
   *
   * @param fresher whether it takes the place of the one kept before
   * @return false if that one has been handed over already, and this one is not kept
   */
  synchronized boolean keep(Mail mail, boolean fresher) {
    if (fresher && kept == null) {
      return false;
    }
    kept = mail;
    keptUntil = System.nanoTime() + KEPT.toNanos();
    notifyAll();
    return true;
  }

  /** True if the picture kept last was discarded in time, false if it was handed over. */
  synchronized boolean discardKept() {
    boolean there = kept != null;
    kept = null;
    return there;
  }

  /** Waits for the next mail, null if none comes in time. */
  synchronized @Nullable Mail take(Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    while (true) {
      long now = System.nanoTime();
      Mail ripe = kept;
      if (ripe != null && (keptUntil <= now || !queue.isEmpty())) {
        kept = null;
        return ripe;
      }
      Mail first = queue.pollFirst();
      if (first != null) {
        notifyAll();
        return first;
      }
      long left = Math.min(until, ripe == null ? until : keptUntil) - now;
      if (left <= 0) {
        return null;
      }
      // Rounded up, for zero would wait without end.
      wait(left / 1_000_000 + 1);
    }
  }

  /** Drops what lies here and puts the end in its place, for one who waits as well. */
  synchronized void close() {
    queue.clear();
    kept = null;
    add(new Ended());
  }

  /** Pictures that were not taken in time. */
  synchronized long dropped() {
    return dropped;
  }
}
