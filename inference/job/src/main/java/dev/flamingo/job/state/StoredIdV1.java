package dev.flamingo.job.state;

import java.io.IOException;

/**
 * A question that was asked lately.
 *
 * @param stream which camera
 * @param askedAt when it was read, milliseconds since 1970
 */
public record StoredIdV1(String stream, long askedAt) {

  void write(StoredOutput out) throws IOException {
    out.text(stream);
    out.number(askedAt);
  }

  static StoredIdV1 read(StoredInput in) throws IOException {
    return new StoredIdV1(in.text(), in.number());
  }
}
