package dev.flamingo.training.street;

/** Compares how sure answers are with how often they are right. */
final class Calibration {

  private static final int BINS = 10;
  private static final double CONFIDENT = 0.9;

  private final int[] answers = new int[BINS];
  private final int[] right = new int[BINS];
  private final double[] confidence = new double[BINS];
  private final Tally confident = new Tally();
  private int all;

  void add(double sure, boolean correct) {
    int bin = Math.min(BINS - 1, (int) (sure * BINS));
    answers[bin]++;
    right[bin] += correct ? 1 : 0;
    confidence[bin] += sure;
    all++;
    if (sure > CONFIDENT) {
      confident.add(correct);
    }
  }

  StreetScores.Calibration scores() {
    double error = 0;
    for (int bin = 0; bin < BINS; bin++) {
      // The bin's share of all answers times the difference of its means.
      error += Math.abs(right[bin] - confidence[bin]) / Math.max(1, all);
    }
    return new StreetScores.Calibration(
        error, confident.share(), (double) confident.count() / Math.max(1, all));
  }
}
