package dev.flamingo.job.state;

import java.io.IOException;

/**
 * A registered support.
 *
 * @param name its name
 * @param examples its examples
 */
public record StoredSupportV1(String name, StoredExampleV1[] examples) {

  void write(StoredOutput out) throws IOException {
    out.text(name);
    out.records(examples, StoredExampleV1::write);
  }

  static StoredSupportV1 read(StoredInput in) throws IOException {
    return new StoredSupportV1(
        in.text(), in.records(StoredExampleV1::read, StoredExampleV1[]::new));
  }
}
