package dev.flamingo.training.metric;

/**
 * What a measure says of all predictions.
 *
 * @param metric which measure
 * @param score the mean; of measures in percent rounded to two decimals, as papers report it
 * @param predictions how many
 */
public record Score(String metric, double score, int predictions) {

  /** Makes a score of a share of what is possible or, where it is not in percent, of points. */
  static Score of(ScoreMetric metric, double value, int predictions) {
    double score = metric.inPercent() ? Math.rint(value * 10_000) / 100 : value;
    return new Score(metric.label(), score, predictions);
  }
}
