package dev.flamingo.training.metric;

import java.util.List;

/** Top-1: 1 where the prediction is one of the references after VQA's normalisation, else 0. */
public final class ExactMatch implements TextMetric {

  private final VqaNormalizer normalizer = new VqaNormalizer();

  @Override
  public double[] scores(List<Prediction> predictions) {
    return predictions.stream().mapToDouble(this::score).toArray();
  }

  private double score(Prediction prediction) {
    String answer = normalizer.normalize(prediction.text());
    return prediction.references().stream()
            .anyMatch(reference -> normalizer.normalize(reference.text()).equals(answer))
        ? 1
        : 0;
  }
}
