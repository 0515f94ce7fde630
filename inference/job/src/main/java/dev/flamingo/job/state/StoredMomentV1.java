package dev.flamingo.job.state;

import java.io.IOException;

/**
 * How far a stream has been read. Times are milliseconds since 1970.
 *
 * @param newest when its newest frame was captured
 * @param seenAt when that was read
 */
public record StoredMomentV1(long newest, long seenAt) {

  void write(StoredOutput out) throws IOException {
    out.number(newest);
    out.number(seenAt);
  }

  static StoredMomentV1 read(StoredInput in) throws IOException {
    return new StoredMomentV1(in.number(), in.number());
  }
}
