package dev.flamingo.job.state;

import java.io.IOException;

/**
 * What the resampler made of a window.
 *
 * @param file visual tokens as a safetensors file
 */
public record StoredTokensV1(byte[] file) {

  void write(StoredOutput out) throws IOException {
    out.bytes(file);
  }

  static StoredTokensV1 read(StoredInput in) throws IOException {
    return new StoredTokensV1(in.bytes());
  }
}
