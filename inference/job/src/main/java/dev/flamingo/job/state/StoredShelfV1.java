package dev.flamingo.job.state;

import java.io.IOException;

/**
 * Which windows' visual tokens of a stream are kept.
 *
 * @param model name and hash of the model that made them
 * @param times when their last frames were captured, oldest first, milliseconds since 1970
 * @param sizes bytes of the tokens of each
 */
public record StoredShelfV1(String model, long[] times, long[] sizes) {

  void write(StoredOutput out) throws IOException {
    out.text(model);
    out.numbers(times);
    out.numbers(sizes);
  }

  static StoredShelfV1 read(StoredInput in) throws IOException {
    return new StoredShelfV1(in.text(), in.numbers(), in.numbers());
  }
}
