package dev.flamingo.ingest.video;

/**
 * What FFmpeg's log alone tells of RTP over datagrams: that packets were lost, which the pictures
 * do not show where a whole one is missing, and that the sender has started anew. Its sequence
 * numbers begin anywhere then, and FFmpeg drops those behind the last one as late, for up to half
 * of all numbers.
 *
 * <p>Confined to the thread that reads.
 */
final class RtpLog {

  /** Datagrams that overtake each other come with others that are in time. */
  private static final int MOST_LATE = 8;

  private static final long SILENCE = 500_000_000;

  private final Runnable restarted;
  private long read = System.nanoTime();
  private int late;
  private boolean lost;

  /**
   * Begins with a new connection.
   *
   * @param restarted ends the present read, as nothing will come of it
   */
  RtpLog(Runnable restarted) {
    this.restarted = restarted;
  }

  /** Takes a line of the log. */
  void add(String line) {
    if (line.contains("dropping old packet received too late")) {
      late++;
      if (senderRestarted()) {
        restarted.run();
      }
    } else {
      lost |= line.contains("RTP: missed ");
    }
  }

  /** A packet was read. */
  void packet() {
    late = 0;
    read = System.nanoTime();
  }

  /** Whether nothing came for some time but what FFmpeg takes for late. */
  boolean senderRestarted() {
    return late >= MOST_LATE && System.nanoTime() - read >= SILENCE;
  }

  /** Whether packets were lost since this was asked last. */
  boolean takeLoss() {
    boolean since = lost;
    lost = false;
    return since;
  }
}
