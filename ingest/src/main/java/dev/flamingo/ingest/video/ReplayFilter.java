package dev.flamingo.ingest.video;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32C;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * Recognises what a reopened source sends once more. Playlists keep their last segments, whether or
 * not their camera still lives: a repeated packet has the time and the bytes of one that an earlier
 * opening read. The repetition ends with the first packet that is new, or that had to be waited
 * for: what lay there already comes at once. Where another quality was read before, and in a
 * recording that is replayed from its start, times alone tell what was shown.
 *
 * <p>Confined to one thread.
 */
final class ReplayFilter {

  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration ANY = Duration.ofDays(1);
  private static final long REMEMBERED = 120_000_000;

  private final SourceHistory history;
  private final String address;
  private final Set<Long> before;
  private final long shownFrom;
  private final long shownUntil;
  private final Duration longestWait;
  private final Set<Long> repeated = new HashSet<>();
  private final CRC32C sum = new CRC32C();
  private boolean repeating;

  private ReplayFilter(
      SourceHistory history,
      String address,
      Set<Long> before,
      long shownFrom,
      long shownUntil,
      Duration longestWait) {
    this.history = history;
    this.address = address;
    this.before = before;
    this.shownFrom = shownFrom;
    this.shownUntil = shownUntil;
    this.longestWait = longestWait;
    this.repeating = history.newest() != SourceHistory.NOTHING;
  }

  /**
   * Compares with the packets that earlier openings of a source have read, and adds to them.
   *
   * @param address what is read, one of those at which the source can be read
   */
  static ReplayFilter byContent(SourceHistory history, String address) {
    long until = history.wasReadAt(address) ? SourceHistory.NOTHING : history.newest();
    long from = until == SourceHistory.NOTHING ? 0 : until - REMEMBERED;
    return new ReplayFilter(history, address, history.packets(), from, until, AT_ONCE);
  }

  /** Compares with the times up to which earlier openings of a recording have come. */
  static ReplayFilter byTime(SourceHistory history, String address) {
    return new ReplayFilter(history, address, Set.of(), Long.MIN_VALUE, history.newest(), ANY);
  }

  /**
   * Looks at the next packet.
   *
   * @param packet stays the caller's
   * @param micros when it is shown
   * @param waited how long it took to come
   */
  void look(AVPacket packet, long micros, Duration waited) {
    long id = id(packet);
    boolean shown = before.contains(id) || (micros > shownFrom && micros <= shownUntil);
    repeating = repeating && shown && waited.compareTo(longestWait) < 0;
    if (repeating) {
      repeated.add(packet.pts());
    } else {
      history.remember(address, id, micros);
    }
  }

  /**
   * Whether an earlier opening has shown a picture.
   *
   * @param pts its time, as its packet has it
   */
  boolean isRepeated(long pts) {
    return repeated.contains(pts);
  }

  private long id(AVPacket packet) {
    sum.reset();
    if (packet.size() > 0) {
      sum.update(packet.data().capacity(packet.size()).asByteBuffer());
    }
    return (packet.pts() << 32) ^ ((long) packet.size() << 20) ^ sum.getValue();
  }
}
