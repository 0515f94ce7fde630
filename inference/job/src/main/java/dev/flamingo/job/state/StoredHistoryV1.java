package dev.flamingo.job.state;

import java.io.IOException;

/**
 * The windows of a stream's history.
 *
 * @param spans oldest first
 */
public record StoredHistoryV1(StoredSpanV1[] spans) {

  void write(StoredOutput out) throws IOException {
    out.records(spans, StoredSpanV1::write);
  }

  static StoredHistoryV1 read(StoredInput in) throws IOException {
    return new StoredHistoryV1(in.records(StoredSpanV1::read, StoredSpanV1[]::new));
  }
}
