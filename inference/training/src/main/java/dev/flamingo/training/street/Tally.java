package dev.flamingo.training.street;

/** Counts right answers. */
final class Tally {

  private int right;
  private int all;

  void add(boolean correct) {
    right += correct ? 1 : 0;
    all++;
  }

  /** Returns the share of right answers; 0 where nothing was asked. */
  double share() {
    return all == 0 ? 0 : (double) right / all;
  }

  /** Returns how often it was asked. */
  int count() {
    return all;
  }
}
