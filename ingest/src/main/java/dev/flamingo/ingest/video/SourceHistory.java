package dev.flamingo.ingest.video;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * What one source has shown through all its openings: what was live once stays live, and what was
 * shown is not shown again. Safe for use by several threads.
 */
public final class SourceHistory {

  /** Two minutes of a playlist at 30 pictures a second, more than a player's buffer. */
  private static final int MOST_PACKETS = 4096;

  /** Snapshots of some cameras are renewed once a minute. */
  private static final Duration SAME_SNAPSHOT_AT_MOST = Duration.ofMinutes(5);

  private final Stillness stillness;
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

  /** Remembers a packet in place of the oldest. */
  synchronized void remember(long packet) {
    if (packets.length == 0) {
      packets = new long[MOST_PACKETS];
    }
    packets[count++ % MOST_PACKETS] = packet;
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
