package dev.flamingo.job.state;

import java.io.IOException;

/**
 * Which slots of a ring are taken: number n lies in slot n modulo the ring's size.
 *
 * @param first the number of the oldest
 * @param next the number of the next; equal to the first where the ring is empty
 */
public record StoredRingV1(long first, long next) {

  void write(StoredOutput out) throws IOException {
    out.number(first);
    out.number(next);
  }

  static StoredRingV1 read(StoredInput in) throws IOException {
    return new StoredRingV1(in.number(), in.number());
  }
}
