package dev.flamingo.training.corpus;

import java.util.SplittableRandom;

/**
 * An order of the numbers below a bound that a key decides. It is computed place by place: a
 * shuffled list of a corpus of millions would have to be made and kept for every epoch.
 *
 * <p>A Feistel network turns around the numbers of an even count of bits; a number beyond the bound
 * is sent through again until it falls below, which keeps the mapping one to one.
 */
final class ShuffledOrder {

  private static final int ROUNDS = 6;

  private final int size;
  private final int halfBits;
  private final long[] keys;

  /**
   * Makes an order.
   *
   * @param size how many numbers, at least one
   */
  ShuffledOrder(int size, long key) {
    this.size = size;
    int bits = Long.SIZE - Long.numberOfLeadingZeros(size - 1L);
    halfBits = Math.max(1, (bits + 1) / 2);
    keys = new SplittableRandom(key).longs(ROUNDS).toArray();
  }

  /** Returns the number at a place, 0 to {@code size - 1} both. */
  int at(int place) {
    long number = place;
    do {
      number = turn(number);
    } while (number >= size);
    return (int) number;
  }

  private long turn(long number) {
    long mask = (1L << halfBits) - 1;
    long left = number >>> halfBits;
    long right = number & mask;
    for (long key : keys) {
      long mixed = left ^ (mix(right ^ key) & mask);
      left = right;
      right = mixed;
    }
    return (left << halfBits) | right;
  }

  private static long mix(long value) {
    return new SplittableRandom(value).nextLong();
  }
}
