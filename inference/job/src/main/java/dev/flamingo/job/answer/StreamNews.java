package dev.flamingo.job.answer;

import dev.flamingo.job.video.EncodedFrame;
import org.jspecify.annotations.Nullable;

/**
 * Something new about a stream: either is null.
 *
 * @param stream which camera
 * @param frame what it shows, encoded
 * @param registration what the registry says of it
 */
public record StreamNews(
    String stream, @Nullable EncodedFrame frame, @Nullable Registration registration) {

  /**
   * What the registry says.
   *
   * @param registered whether the stream is there
   * @param captions whether it is captioned
   * @param time when that was written, milliseconds since 1970
   */
  public record Registration(boolean registered, boolean captions, long time) {}

  /** Returns the news of a frame. */
  static StreamNews of(EncodedFrame frame) {
    return new StreamNews(frame.stream(), frame, null);
  }
}
