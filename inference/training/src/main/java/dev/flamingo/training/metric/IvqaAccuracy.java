package dev.flamingo.training.metric;

import java.util.List;

/**
 * The measure of iVQA: half the number of people who gave the predicted answer, at most 1; both
 * after VQA's normalisation.
 */
public final class IvqaAccuracy implements TextMetric {

  private static final double ENOUGH = 2;

  private final VqaNormalizer normalizer = new VqaNormalizer();

  @Override
  public double[] scores(List<Prediction> predictions) {
    return predictions.stream().mapToDouble(this::score).toArray();
  }

  private double score(Prediction prediction) {
    String answer = normalizer.normalize(prediction.text());
    long agreeing =
        prediction.references().stream()
            .filter(reference -> normalizer.normalize(reference.text()).equals(answer))
            .count();
    return Math.min(1, agreeing / ENOUGH);
  }
}
