package dev.flamingo.job.model;

/**
 * How long answers have taken lately: the time of a step times the steps that a row is held. What
 * is long ago counts less. Rows that are still held count, too, so that a few endless answers are
 * noticed before they end. Not safe for use by several threads.
 */
final class AnswerPace {

  /** Half of what is remembered is of the last 35 steps. */
  private static final double KEPT = 0.98;

  private double steps;
  private double nanos;
  private double rowsHeld;
  private double rowsFreed;

  /**
   * Takes a step in.
   *
   * @param held rows that were held in it
   * @param freed those of them that are free after it
   * @param stepNanos how long it took
   */
  void add(int held, int freed, long stepNanos) {
    steps = KEPT * steps + 1;
    nanos = KEPT * nanos + stepNanos;
    rowsHeld = KEPT * rowsHeld + held;
    rowsFreed = KEPT * rowsFreed + freed;
  }

  /** Returns how long a row is held; 0 where none has become free yet. */
  double answerNanos() {
    return rowsFreed == 0 ? 0 : nanos / steps * rowsHeld / rowsFreed;
  }
}
