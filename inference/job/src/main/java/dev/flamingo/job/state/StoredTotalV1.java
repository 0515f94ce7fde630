package dev.flamingo.job.state;

import java.io.IOException;

/**
 * What waits in a subtask.
 *
 * @param questions how many
 * @param bytes of their images
 */
public record StoredTotalV1(int questions, long bytes) {

  void write(StoredOutput out) throws IOException {
    out.number(questions);
    out.number(bytes);
  }

  static StoredTotalV1 read(StoredInput in) throws IOException {
    return new StoredTotalV1(in.shortNumber(), in.number());
  }
}
