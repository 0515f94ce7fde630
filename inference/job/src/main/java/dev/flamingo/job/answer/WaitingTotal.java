package dev.flamingo.job.answer;

import dev.flamingo.job.state.StoredTotalV1;

/**
 * What waits in a subtask.
 *
 * @param questions how many
 * @param bytes of their images
 */
record WaitingTotal(int questions, long bytes) {

  static final WaitingTotal NONE = new WaitingTotal(0, 0);

  StoredTotalV1 stored() {
    return new StoredTotalV1(questions, bytes);
  }

  static WaitingTotal of(StoredTotalV1 stored) {
    return new WaitingTotal(stored.questions(), stored.bytes());
  }

  WaitingTotal plus(WaitingTotal other) {
    return new WaitingTotal(questions + other.questions, bytes + other.bytes);
  }

  /** Returns what is left, at least nothing. */
  WaitingTotal minus(WaitingTotal other) {
    return new WaitingTotal(
        Math.max(0, questions - other.questions), Math.max(0, bytes - other.bytes));
  }
}
