package dev.flamingo.job.state;

import java.io.IOException;

/**
 * What the encoder made of a frame.
 *
 * @param values fp16, in the shape of the model that the stream's record names
 */
public record StoredFeaturesV1(byte[] values) {

  void write(StoredOutput out) throws IOException {
    out.bytes(values);
  }

  static StoredFeaturesV1 read(StoredInput in) throws IOException {
    return new StoredFeaturesV1(in.bytes());
  }
}
