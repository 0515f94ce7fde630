package dev.flamingo.job.answer;

/**
 * What waits in a subtask.
 *
 * @param questions how many
 * @param bytes of their images
 */
public record WaitingTotal(int questions, long bytes) {

  static final WaitingTotal NONE = new WaitingTotal(0, 0);

  WaitingTotal plus(WaitingTotal other) {
    return new WaitingTotal(questions + other.questions, bytes + other.bytes);
  }

  /** Returns what is left, at least nothing. */
  WaitingTotal minus(WaitingTotal other) {
    return new WaitingTotal(
        Math.max(0, questions - other.questions), Math.max(0, bytes - other.bytes));
  }
}
