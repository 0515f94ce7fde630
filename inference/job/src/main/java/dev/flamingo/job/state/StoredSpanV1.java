package dev.flamingo.job.state;

import java.io.IOException;

/**
 * A window of the history, without its visual tokens.
 *
 * @param frames when its frames were captured, oldest first, milliseconds since 1970
 */
public record StoredSpanV1(long[] frames) {

  void write(StoredOutput out) throws IOException {
    out.numbers(frames);
  }

  static StoredSpanV1 read(StoredInput in) throws IOException {
    return new StoredSpanV1(in.numbers());
  }
}
