package dev.flamingo.job.answer;

import dev.flamingo.job.video.VisualWindow;
import org.jspecify.annotations.Nullable;

/**
 * Something new about a stream: either is null.
 *
 * @param stream which camera
 * @param window what it shows
 * @param registration what the registry says of it
 */
public record StreamNews(
    String stream, @Nullable VisualWindow window, @Nullable Registration registration) {

  /**
   * What the registry says.
   *
   * @param registered whether the stream is there
   * @param captions whether it is captioned
   */
  public record Registration(boolean registered, boolean captions) {}

  /** Returns the news of a window. */
  public static StreamNews of(VisualWindow window) {
    return new StreamNews(window.stream(), window, null);
  }
}
