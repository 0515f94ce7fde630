package dev.flamingo.ingest.video;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one source has shown through all its openings: what was live once stays live, and what was
 * shown is not shown again. Safe for use by several threads.
 */
public final class SourceHistory {

  /** No time at all. */
  static final long NOTHING = Long.MIN_VALUE;

  /** Two minutes of a playlist at 30 pictures a second, more than a player's buffer. */
  private static final int MOST_PACKETS = 4096;

  /** Snapshots of some cameras are renewed once a minute. */
  private static final Duration SAME_SNAPSHOT_AT_MOST = Duration.ofMinutes(5);

  private final Stillness stillness;
  private final Set<String> stalled = new HashSet<>();
  private String origin = "";
  private long newest = NOTHING;
  private boolean live;
  private boolean shown;
  private long[] packets = new long[0];
  private int count;

  /** Nothing yet. */
  public SourceHistory() {
    this(new Stillness(SAME_SNAPSHOT_AT_MOST));
  }

  SourceHistory(Stillness stillness) {
    this.stillness = stillness;
  }

  /** How long its snapshots have been the same. */
  Stillness stillness() {
    return stillness;
  }

  /** It is a camera: whatever its next opening looks like. */
  synchronized void live() {
    live = true;
  }

  /** Whether an opening has been live. */
  synchronized boolean wasLive() {
    return live;
  }

  /** A picture was shown. */
  synchronized void shown() {
    shown = true;
  }

  /** Whether a picture was shown by any opening. */
  synchronized boolean hasShown() {
    return shown;
  }

  /**
   * One of several addresses that show the same, such as the qualities of a playlist, fell silent.
   */
  synchronized void stalled(String address) {
    stalled.add(address);
  }

  /** The same addresses, those that fell silent last; all are tried again once none is left. */
  synchronized List<String> freshFirst(List<String> addresses) {
    if (stalled.containsAll(addresses)) {
      stalled.clear();
    }
    return Stream.concat(
            addresses.stream().filter(address -> !stalled.contains(address)),
            addresses.stream().filter(stalled::contains))
        .toList();
  }

  /**
   * Remembers a packet in place of the oldest.
   *
   * @param address where it was read
   * @param micros its time there
   */
  synchronized void remember(String address, long packet, long micros) {
    if (packets.length == 0) {
      packets = new long[MOST_PACKETS];
    }
    packets[count++ % MOST_PACKETS] = packet;
    newest = address.equals(origin) ? Math.max(newest, micros) : micros;
    origin = address;
  }

  /** Whether the newest packet was read at an address; true if there is none. */
  synchronized boolean wasReadAt(String address) {
    return origin.isEmpty() || origin.equals(address);
  }

  /** The latest time of the packets that were read where the newest was; or {@link #NOTHING}. */
  synchronized long newest() {
    return newest;
  }

  /** The packets that are remembered. */
  synchronized Set<Long> packets() {
    Set<Long> all = new HashSet<>();
    for (int i = 0; i < Math.min(count, MOST_PACKETS); i++) {
      all.add(packets[i]);
    }
    return all;
  }
}
