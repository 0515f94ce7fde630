package dev.flamingo.job.state;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A window that is looked at.
 *
 * @param frames when its frames were captured, oldest first, milliseconds since 1970
 * @param model name and hash of the model that encoded them
 * @param tokens its visual tokens as a safetensors file; null until it is resampled
 * @param features its frames' features; null where they are not needed or not there
 */
public record StoredWindowV1(
    long[] frames, String model, byte @Nullable [] tokens, byte @Nullable [][] features) {

  void write(StoredOutput out) throws IOException {
    out.numbers(frames);
    out.text(model);
    out.bytes(tokens);
    out.arrays(features);
  }

  static StoredWindowV1 read(StoredInput in) throws IOException {
    return new StoredWindowV1(in.numbers(), in.text(), in.bytesOrNull(), in.arraysOrNull());
  }
}
