package dev.flamingo.ingest.video;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32C;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * Recognises what a reopened source sends once more from its buffer: playlists keep their last
 * segments, whether or not their camera still lives. A repeated packet has the time and the bytes
 * of one that an earlier opening read. The repetition ends with the first packet that is new, or
 * that had to be waited for: what lay there already comes at once.
 *
 * <p>Confined to one thread.
 */
final class ReplayFilter {

  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private final SourceHistory history;
  private final Set<Long> before;
  private final Set<Long> repeated = new HashSet<>();
  private final CRC32C sum = new CRC32C();
  private boolean repeating;

  /** Compares with what earlier openings of a source have read, and adds to it. */
  ReplayFilter(SourceHistory history) {
    this.history = history;
    this.before = history.packets();
    this.repeating = !before.isEmpty();
  }

  /**
   * Looks at the next packet.
   *
   * @param packet stays the caller's
   * @param waited how long it took to come
   */
  void look(AVPacket packet, Duration waited) {
    long id = id(packet);
    repeating = repeating && before.contains(id) && waited.compareTo(AT_ONCE) < 0;
    if (repeating) {
      repeated.add(packet.pts());
    } else {
      history.remember(id);
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
