package dev.flamingo.job.video;

import org.jspecify.annotations.Nullable;

/**
 * A window of a stream that has moved on by a frame. Windows of the history, which do not overlap,
 * are resampled; the others will be when somebody asks about them.
 *
 * @param stream which camera
 * @param frames when its frames were captured, oldest first, milliseconds since 1970
 * @param newest the features of its last frame; those of the others came with earlier windows
 * @param tokens its visual tokens: a safetensors file with one fp16 tensor {@code [64, width]};
 *     null where it is no window of the history
 * @param model name and hash of the model that made them
 */
public record VisualWindow(
    String stream, long[] frames, byte[] newest, byte @Nullable [] tokens, String model) {

  /** Returns when the first frame was captured. */
  public long from() {
    return frames[0];
  }

  /** Returns when the last frame was captured. */
  public long to() {
    return frames[frames.length - 1];
  }
}
