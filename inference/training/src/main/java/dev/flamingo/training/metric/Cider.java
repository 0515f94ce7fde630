package dev.flamingo.training.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * CIDEr and CIDEr-D: cosines between counts of runs of one to four words, each weighed by how few
 * predictions have it in their references, times 10. Document frequencies are those of the
 * references that are given: a single prediction always scores 0.
 */
public final class Cider implements TextMetric {

  private static final double SCALE = 10;
  private static final double SIGMA = 6;

  /** Which of the two. */
  public enum Variant {
    /** As first defined. */
    PLAIN,
    /** Repeated words and other lengths cost; what captioning papers call CIDEr. */
    D
  }

  private final Variant variant;
  private final CaptionTokenizer tokenizer;

  /** Makes a measure. */
  public Cider(Variant variant, CaptionTokenizer tokenizer) {
    this.variant = variant;
    this.tokenizer = tokenizer;
  }

  private record Counted(NgramCounts prediction, List<NgramCounts> references) {}

  /** Weights of the runs of one length, and their Euclidean norm. */
  private record Weights(Map<String, Double> values, double norm) {}

  @Override
  public double[] scores(List<Prediction> predictions) {
    List<Counted> counted = new ArrayList<>();
    Map<String, Integer> documents = new HashMap<>();
    for (Prediction prediction : predictions) {
      List<NgramCounts> references =
          prediction.references().stream().map(reference -> count(reference.text())).toList();
      counted.add(new Counted(count(prediction.text()), references));
      Set<String> seen = new HashSet<>();
      references.forEach(counts -> counts.byLength().forEach(map -> seen.addAll(map.keySet())));
      seen.forEach(run -> documents.merge(run, 1, Integer::sum));
    }
    double all = Math.log(predictions.size());
    return counted.stream().mapToDouble(one -> score(one, documents, all)).toArray();
  }

  private NgramCounts count(String caption) {
    return NgramCounts.of(tokenizer.tokens(caption));
  }

  private double score(Counted one, Map<String, Integer> documents, double all) {
    List<Weights> prediction = weights(one.prediction(), documents, all);
    double sum = 0;
    for (NgramCounts counts : one.references()) {
      List<Weights> reference = weights(counts, documents, all);
      double similarity = 0;
      for (int n = 0; n < NgramCounts.LONGEST; n++) {
        similarity += cosine(prediction.get(n), reference.get(n));
      }
      // The published scorer measures length in runs of two words.
      int difference = one.prediction().bigrams() - counts.bigrams();
      double damping =
          variant == Variant.D
              ? Math.exp(-(double) difference * difference / (2 * SIGMA * SIGMA))
              : 1;
      sum += similarity / NgramCounts.LONGEST * damping;
    }
    return SCALE * sum / one.references().size();
  }

  private static List<Weights> weights(
      NgramCounts counts, Map<String, Integer> documents, double all) {
    List<Weights> weights = new ArrayList<>();
    for (Map<String, Integer> runs : counts.byLength()) {
      Map<String, Double> values = new HashMap<>();
      double squares = 0;
      for (Map.Entry<String, Integer> run : runs.entrySet()) {
        double value = run.getValue() * (all - Math.log(documents.getOrDefault(run.getKey(), 1)));
        values.put(run.getKey(), value);
        squares += value * value;
      }
      weights.add(new Weights(values, Math.sqrt(squares)));
    }
    return weights;
  }

  private double cosine(Weights prediction, Weights reference) {
    if (prediction.norm() == 0 || reference.norm() == 0) {
      return 0;
    }
    double product = 0;
    for (Map.Entry<String, Double> run : prediction.values().entrySet()) {
      double of = reference.values().getOrDefault(run.getKey(), 0.0);
      double mine = run.getValue();
      product += (variant == Variant.D ? Math.min(mine, of) : mine) * of;
    }
    return product / (prediction.norm() * reference.norm());
  }
}
