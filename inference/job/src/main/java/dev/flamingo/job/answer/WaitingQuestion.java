package dev.flamingo.job.answer;

/**
 * A question that waits for its stream to reach its moment.
 *
 * @param asked the question
 * @param acceptedAt when it came, milliseconds since 1970
 * @param waitUntil when it stops waiting if the stream stands still
 */
public record WaitingQuestion(AskedQuestion asked, long acceptedAt, long waitUntil) {

  WaitingQuestion until(long time) {
    return new WaitingQuestion(asked, acceptedAt, time);
  }

  /**
   * Returns whether it was read from a log rather than asked just now: its deadline had passed
   * before it came.
   */
  boolean isReplayed() {
    return acceptedAt - asked.time() > asked.deadlineMillis();
  }

  /** Returns when it fails. While the log is caught up with, nobody waits for a replayed one. */
  long deadline() {
    return isReplayed() ? Long.MAX_VALUE : acceptedAt + asked.deadlineMillis();
  }
}
