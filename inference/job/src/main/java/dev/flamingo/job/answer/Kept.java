package dev.flamingo.job.answer;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * What is kept of a stream, by the moments of capture: the oldest leave first, by arithmetic and
 * without looking at what is kept.
 *
 * @param times oldest first, milliseconds since 1970
 * @param sizes bytes of each
 */
record Kept(long[] times, long[] sizes) {

  /** No stream needs so many, however fast its frames come. */
  private static final int MOST = 2_048;

  Kept plus(long time, long size) {
    int length = times.length;
    long[] moreTimes = Arrays.copyOf(times, length + 1);
    long[] moreSizes = Arrays.copyOf(sizes, length + 1);
    moreTimes[length] = time;
    moreSizes[length] = size;
    return new Kept(moreTimes, moreSizes);
  }

  /**
   * Returns how many of the oldest have to leave; never the newest.
   *
   * @param since what is older leaves
   * @param mostBytes what is left has no more
   */
  int excess(long since, long mostBytes) {
    long bytes = LongStream.of(sizes).sum();
    int oldest = 0;
    while (oldest < times.length - 1
        && (times[oldest] < since || bytes > mostBytes || times.length - oldest > MOST)) {
      bytes -= sizes[oldest];
      oldest++;
    }
    return oldest;
  }

  /** Returns how many were captured before a moment. */
  int countBefore(long moment) {
    int count = times.length;
    while (count > 0 && times[count - 1] >= moment) {
      count--;
    }
    return count;
  }

  /** Returns the oldest of them. */
  Kept oldest(int count) {
    return new Kept(Arrays.copyOf(times, count), Arrays.copyOf(sizes, count));
  }

  Kept withoutOldest(int count) {
    return new Kept(
        Arrays.copyOfRange(times, count, times.length),
        Arrays.copyOfRange(sizes, count, sizes.length));
  }
}
