package dev.flamingo.training.metric;

import java.util.List;

/** Accuracy of choices: 1 where the chosen text is the right one letter by letter, else 0. */
public final class MultipleChoice implements TextMetric {

  @Override
  public double[] scores(List<Prediction> predictions) {
    return predictions.stream().mapToDouble(MultipleChoice::score).toArray();
  }

  private static double score(Prediction prediction) {
    String chosen = prediction.text().strip();
    return prediction.references().stream().anyMatch(right -> right.text().strip().equals(chosen))
        ? 1
        : 0;
  }
}
