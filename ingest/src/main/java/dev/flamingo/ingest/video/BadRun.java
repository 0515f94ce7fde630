package dev.flamingo.ingest.video;

/**
 * Decides when a live source is to be opened afresh because nothing of it can be decoded any more,
 * while packets come: its video has gone on in a form that the demuxer does not know of.
 */
final class BadRun {

  private static final int PICTURES = 25;
  private static final int KEYFRAMES = 3;

  private int pictures;
  private int keyframes;

  /** A packet is about to be decoded. */
  void packet(boolean keyframe) {
    keyframes += keyframe ? 1 : 0;
  }

  /** A picture came out well. */
  void good() {
    pictures = 0;
    keyframes = 0;
  }

  /** A packet could not be decoded; true if there have been enough of them, keyframes too. */
  boolean bad() {
    return ++pictures >= PICTURES && keyframes >= KEYFRAMES;
  }
}
