package dev.flamingo.job.state;

import java.io.IOException;

/**
 * What the registry says of a stream that is there.
 *
 * @param captions whether it is captioned
 */
public record StoredRegistrationV1(boolean captions) {

  void write(StoredOutput out) throws IOException {
    out.flag(captions);
  }

  static StoredRegistrationV1 read(StoredInput in) throws IOException {
    return new StoredRegistrationV1(in.flag());
  }
}
