package dev.flamingo.training.metric;

import java.util.List;

/**
 * VQA accuracy: for every person the share of three other people who gave the predicted answer, at
 * most 1, and the mean of that over all people.
 *
 * <p>"Other" people are those who differ in anything that is known, as in the official evaluation:
 * where answers carry nothing of the person (VizWiz), all people who gave the same answer are left
 * out together.
 */
public final class VqaAccuracy implements TextMetric {

  private static final double ENOUGH = 3;

  /** When answers are normalised. */
  public enum Processing {
    /** Always, as OpenFlamingo does. */
    ALWAYS,
    /** Only where people disagree, as the official evaluation does. */
    WHERE_PEOPLE_DISAGREE
  }

  private final VqaNormalizer normalizer = new VqaNormalizer();
  private final Processing processing;

  /** Makes a measure that always normalises. */
  public VqaAccuracy() {
    this(Processing.ALWAYS);
  }

  /** Makes a measure. */
  public VqaAccuracy(Processing processing) {
    this.processing = processing;
  }

  @Override
  public double[] scores(List<Prediction> predictions) {
    return predictions.stream().mapToDouble(this::score).toArray();
  }

  private double score(Prediction prediction) {
    boolean normalizing =
        processing == Processing.ALWAYS
            || prediction.references().stream()
                    .map(reference -> normalizer.trim(reference.text()))
                    .distinct()
                    .count()
                > 1;
    String answer = form(prediction.text(), normalizing);
    List<Reference> references =
        prediction.references().stream()
            .map(one -> new Reference(form(one.text(), normalizing), one.person()))
            .toList();
    double sum = 0;
    for (Reference person : references) {
      long agreeing =
          references.stream()
              .filter(other -> !other.equals(person) && other.text().equals(answer))
              .count();
      sum += Math.min(1, agreeing / ENOUGH);
    }
    return sum / references.size();
  }

  private String form(String answer, boolean normalizing) {
    return normalizing ? normalizer.normalize(answer) : normalizer.trim(answer);
  }
}
