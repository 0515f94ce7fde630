package dev.flamingo.job.state;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits for the resampler; where both are null, the end of a stream.
 *
 * @param stream which camera
 * @param answer a task that looks at windows, or null
 * @param history a window of the history, or null
 */
public record StoredVisualTaskV1(
    String stream, @Nullable StoredTaskV1 answer, @Nullable StoredWindowV1 history) {

  void write(StoredOutput out) throws IOException {
    out.text(stream);
    out.recordOrNull(answer, StoredTaskV1::write);
    out.recordOrNull(history, StoredWindowV1::write);
  }

  static StoredVisualTaskV1 read(StoredInput in) throws IOException {
    return new StoredVisualTaskV1(
        in.text(), in.recordOrNull(StoredTaskV1::read), in.recordOrNull(StoredWindowV1::read));
  }
}
