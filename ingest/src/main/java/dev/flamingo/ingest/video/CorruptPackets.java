package dev.flamingo.ingest.video;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the packets of an input that cannot be read or decoded, and ends it where nothing good
 * will come any more: after many of them in a row, and earlier for a live source, which is opened
 * afresh. Its video may have gone on in a form that the demuxer does not know of.
 */
final class CorruptPackets {

  private static final int MOST_UNREADABLE = 500;
  private static final int MOST_UNDECODABLE = 25;
  private static final int MOST_KEYFRAMES = 3;

  private final String name;
  private final FailureReason reason;
  private final AtomicLong count = new AtomicLong();
  private int unreadable;
  private int undecodable;
  private int keyframes;
  private boolean live;
  private boolean shown;

  /**
   * Counts for an input.
   *
   * @param name how messages call it
   */
  CorruptPackets(String name, FailureReason reason) {
    this.name = name;
    this.reason = reason;
  }

  /** How many there were. */
  long count() {
    return count.get();
  }

  /** The source is live. */
  void ofLiveSource() {
    live = true;
  }

  /**
   * Counts a packet that could not be read.
   *
   * @throws VideoException if there were too many since the last picture
   */
  void unreadable(int code) {
    count.incrementAndGet();
    if (++unreadable > MOST_UNREADABLE) {
      throw reason.reading("found nothing but corrupt packets in", code, true);
    }
  }

  /** A packet is about to be decoded. */
  void decoding(boolean keyframe) {
    keyframes += keyframe ? 1 : 0;
  }

  /**
   * Counts a packet that could not be decoded.
   *
   * @throws VideoException if the source is live and there were too many since the last picture
   */
  void undecodable(int code) {
    count.incrementAndGet();
    undecodable++;
    if (!live || undecodable < MOST_UNDECODABLE || keyframes < MOST_KEYFRAMES) {
      return;
    }
    if (shown) {
      throw new VideoException(
          "the video of %s goes on in another form, or is damaged: nothing of it can be decoded"
              .formatted(name));
    }
    throw reason.reading("found nothing but corrupt packets in", code, true);
  }

  /** A picture came out well. */
  void good() {
    shown = true;
    unreadable = 0;
    undecodable = 0;
    keyframes = 0;
  }
}
