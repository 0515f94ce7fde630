package dev.flamingo.job.answer;

import java.time.Duration;

/**
 * When streams are captioned: in the first frame of each of their turns. Each stream's turns begin
 * at a moment of its own, so that streams which began together do not all want words at once.
 */
final class CaptionTimes {

  private final long every;

  /**
   * Makes one.
   *
   * @param every how long a turn lasts
   */
  CaptionTimes(Duration every) {
    this.every = Math.max(1, every.toMillis());
  }

  /**
   * Returns whether a frame is to be captioned.
   *
   * @param last when the stream's frame was captured that was captioned last, milliseconds since
   *     1970; two captions are half a turn apart at least, unless the clock was put back
   * @param now when this one was
   */
  boolean isDue(String stream, long last, long now) {
    boolean putBack = now < last;
    return putBack || (turn(stream, now) > turn(stream, last) && now - last >= every / 2);
  }

  private long turn(String stream, long moment) {
    return Math.floorDiv(moment + ahead(stream), every);
  }

  /**
   * Streams are often called by numbers, whose hashes lie side by side: these are spread evenly.
   */
  private long ahead(String stream) {
    long spread = (stream.hashCode() * 0x9e3779b97f4a7c15L) >>> 32;
    return (spread * every) >>> 32;
  }
}
