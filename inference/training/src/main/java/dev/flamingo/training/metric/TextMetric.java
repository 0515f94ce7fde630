package dev.flamingo.training.metric;

import java.util.List;

/** A measure of predicted text. */
public interface TextMetric {

  /**
   * Measures predictions, which may depend on each other: CIDEr weighs words by all references.
   *
   * @return a score for each, in their order; what is reported is their mean
   */
  double[] scores(List<Prediction> predictions);
}
