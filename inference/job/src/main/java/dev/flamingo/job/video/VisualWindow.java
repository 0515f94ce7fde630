package dev.flamingo.job.video;

/**
 * A window as the language model sees it.
 *
 * @param stream which camera
 * @param frames when its frames were captured, oldest first, milliseconds since 1970
 * @param tokens its visual tokens: a safetensors file with one fp16 tensor {@code [64, width]}
 * @param model name and hash of the model that made them
 * @param history whether it is one of the windows that do not overlap
 */
public record VisualWindow(
    String stream, long[] frames, byte[] tokens, String model, boolean history) {

  /** Returns when the first frame was captured. */
  public long from() {
    return frames[0];
  }

  /** Returns when the last frame was captured. */
  public long to() {
    return frames[frames.length - 1];
  }
}
