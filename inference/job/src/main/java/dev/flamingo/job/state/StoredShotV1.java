package dev.flamingo.job.state;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An example whose window is found.
 *
 * @param image a JPEG; null where it shows a window
 * @param window what it shows; null where it shows an image
 * @param question what was asked
 * @param answer what is right
 */
public record StoredShotV1(
    byte @Nullable [] image, @Nullable StoredWindowV1 window, String question, String answer) {

  void write(StoredOutput out) throws IOException {
    out.bytes(image);
    out.recordOrNull(window, StoredWindowV1::write);
    out.text(question);
    out.text(answer);
  }

  static StoredShotV1 read(StoredInput in) throws IOException {
    return new StoredShotV1(
        in.bytesOrNull(), in.recordOrNull(StoredWindowV1::read), in.text(), in.text());
  }
}
