package dev.flamingo.job.answer;

/**
 * How long questions wait for what is on its way: longer just after the start, when the topics are
 * still being read. Times are milliseconds since 1970.
 */
final class Patience {

  private static final long TIMER_STEP = 20;

  private final long grace;
  private final long startOver;

  /**
   * Makes one.
   *
   * @param openedAt when the operator began
   */
  Patience(AnswerLimits limits, long openedAt) {
    grace = limits.grace().toMillis();
    startOver = openedAt + limits.startGrace().toMillis();
  }

  /** Returns until when a question waits that begins to wait now. */
  long until(long now) {
    return Math.max(now + grace, startOver);
  }

  /** Returns until when one waits: of a checkpoint anew, since all stood still with the job. */
  long until(Wait wait) {
    return Math.max(wait.until(), startOver);
  }

  /** Returns when to look at one again: in steps, so that many questions share a timer. */
  long timer(Wait wait) {
    long time = Math.min(until(wait), wait.deadline());
    return Math.floorDiv(time + TIMER_STEP - 1, TIMER_STEP) * TIMER_STEP;
  }
}
