package dev.flamingo.job.answer;

import dev.flamingo.job.state.StoredWindowV1;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A window that is looked at. One of the history, whose frames' features are not kept any longer,
 * has neither tokens nor features until {@link VisualHistory} gives it its tokens.
 *
 * @param frames when its frames were captured, oldest first, milliseconds since 1970
 * @param model name and hash of the model that encoded them
 * @param tokens its visual tokens: a safetensors file with one fp16 tensor {@code [64, width]};
 *     null until it is resampled
 * @param features its frames' features, from which that is done; null where it was done already
 */
public record AskedWindow(
    long[] frames, String model, byte @Nullable [] tokens, byte @Nullable [][] features) {

  /** Returns what is stored of it while it waits. */
  StoredWindowV1 stored() {
    return new StoredWindowV1(frames, model, tokens, features);
  }

  static AskedWindow of(StoredWindowV1 stored) {
    return new AskedWindow(stored.frames(), stored.model(), stored.tokens(), stored.features());
  }

  /** Returns whether what it shows is kept by the history alone. */
  boolean isOfHistory() {
    return tokens == null && features == null;
  }

  /** Returns when the first frame was captured. */
  long from() {
    return frames[0];
  }

  /** Returns when the last frame was captured. */
  long to() {
    return frames[frames.length - 1];
  }

  /** Returns the same, resampled. */
  AskedWindow resampled(byte[] visual) {
    return new AskedWindow(frames, model, visual, null);
  }

  /** Returns the bytes of what it shows. */
  long bytes() {
    return (tokens == null ? 0L : tokens.length)
        + (features == null ? 0L : Arrays.stream(features).mapToLong(frame -> frame.length).sum());
  }
}
