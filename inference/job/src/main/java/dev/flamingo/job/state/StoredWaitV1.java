package dev.flamingo.job.state;

import java.io.IOException;

/**
 * How long a question waits. Times are milliseconds since 1970.
 *
 * @param moment what the question means by now
 * @param until when it stops waiting if its stream stands still
 * @param deadline when it fails
 * @param bytes of the question's images
 */
public record StoredWaitV1(long moment, long until, long deadline, long bytes) {

  void write(StoredOutput out) throws IOException {
    out.number(moment);
    out.number(until);
    out.number(deadline);
    out.number(bytes);
  }

  static StoredWaitV1 read(StoredInput in) throws IOException {
    return new StoredWaitV1(in.number(), in.number(), in.number(), in.number());
  }
}
