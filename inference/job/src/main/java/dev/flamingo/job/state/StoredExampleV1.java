package dev.flamingo.job.state;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An example of a question or a support.
 *
 * @param image a JPEG; null where it shows a window
 * @param from the window's first moment, milliseconds since 1970; null where it shows an image
 * @param to its last
 * @param question what was asked
 * @param answer what is right
 */
public record StoredExampleV1(
    byte @Nullable [] image,
    @Nullable Long from,
    @Nullable Long to,
    String question,
    String answer) {

  void write(StoredOutput out) throws IOException {
    out.bytes(image);
    out.numberOrNull(from);
    out.numberOrNull(to);
    out.text(question);
    out.text(answer);
  }

  static StoredExampleV1 read(StoredInput in) throws IOException {
    return new StoredExampleV1(
        in.bytesOrNull(), in.numberOrNull(), in.numberOrNull(), in.text(), in.text());
  }
}
