package dev.flamingo.ingest.video;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Says when a live picture was seen. Its arrival alone does not tell: clusters, proxies, lost
 * packets and parsers hold pictures back. So its presentation time is mapped to the wall clock by
 * the least delay with which pictures have lately arrived; a camera that delivers at once is
 * stamped on arrival.
 *
 * <p>"Lately" counts the time spent waiting for data, each wait for half a second at most: a
 * cluster that comes after seconds of silence is measured against the one before it, while a clock
 * that drifts, stands or jumps is followed within about two seconds. Times are microseconds.
 */
final class LiveClock {

  private static final long SECOND = 1_000_000;
  private static final long WINDOW = 2 * SECOND;
  private static final long GRAIN = 20_000;

  /** What is said to be older arrived now: its clock is broken. */
  private static final long OLDEST = 60 * SECOND;

  /**
   * How late a picture came, by a clock of unknown origin.
   *
   * @param waited time spent waiting until then
   * @param offset arrival less presentation time
   */
  private record Delay(long waited, long offset) {}

  /** The least delays, each smaller than all after it. */
  private final Deque<Delay> least = new ArrayDeque<>();

  private long lastPresented = Long.MIN_VALUE;
  private long lastArrived = Long.MIN_VALUE;
  private long lastSeen = Long.MIN_VALUE;

  /**
   * Says when a picture was seen: never after its arrival, and never before the picture before it
   * unless the wall clock was set back.
   *
   * @param presented its presentation time, from any origin
   * @param arrived when it arrived by the wall clock
   * @param waited time spent waiting for data so far, see above
   */
  long seen(long presented, long arrived, long waited) {
    if (arrived < lastArrived) {
      lastSeen = Long.MIN_VALUE;
    }
    lastArrived = arrived;
    boolean wentOn =
        lastPresented == Long.MIN_VALUE
            || (presented > lastPresented - SECOND && presented != lastPresented);
    lastPresented = presented;
    if (!wentOn) {
      least.clear();
    }
    lastSeen = Math.max(lastSeen, arrived - age(arrived - presented, waited));
    return lastSeen;
  }

  private long age(long offset, long waited) {
    while (!least.isEmpty() && least.getLast().offset >= offset) {
      least.removeLast();
    }
    boolean asLate = !least.isEmpty() && offset - least.getLast().offset <= GRAIN;
    least.addLast(new Delay(waited, asLate ? least.removeLast().offset : offset));
    while (least.size() > 1 && waited - least.getFirst().waited > WINDOW) {
      least.removeFirst();
    }
    long age = offset - least.getFirst().offset;
    if (age > OLDEST) {
      least.clear();
      least.addLast(new Delay(waited, offset));
      return 0;
    }
    return age;
  }
}
