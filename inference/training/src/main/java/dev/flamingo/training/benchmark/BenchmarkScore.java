package dev.flamingo.training.benchmark;

import dev.flamingo.training.metric.ExactMatch;
import dev.flamingo.training.metric.Judged;
import dev.flamingo.training.metric.MeanWeightedPrecision;
import dev.flamingo.training.metric.Ndcg;
import dev.flamingo.training.metric.Prediction;
import dev.flamingo.training.metric.PtbTokenizer;
import dev.flamingo.training.metric.RocAuc;
import dev.flamingo.training.metric.ScoreMetric;
import dev.flamingo.training.metric.TextMetric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Gathers a model's outputs for a benchmark and measures them. */
final class BenchmarkScore {

  private static final double PERCENT = 100;

  private final ScoreMetric metric;
  private final Ndcg ndcg = new Ndcg();
  private final List<Prediction> predictions = new ArrayList<>();
  private final List<Double> shares = new ArrayList<>();
  private final List<Judged> judged = new ArrayList<>();
  private final List<MeanWeightedPrecision.Clip> clips = new ArrayList<>();

  BenchmarkScore(ScoreMetric metric) {
    this.metric = metric;
  }

  void answered(BenchmarkItem item, String answer) {
    Prediction prediction = new Prediction(answer, item.references());
    if (item.exact()) {
      shares.add(new ExactMatch().scores(List.of(prediction))[0]);
    } else {
      predictions.add(prediction);
    }
  }

  void ranked(BenchmarkItem item, List<Double> scores) {
    List<Candidate> candidates = item.candidates();
    switch (metric) {
      case NDCG -> shares.add(ndcg.of(scores, candidates.stream().map(Candidate::truth).toList()));
      // The first candidate is yes, the second no.
      case AUC ->
          judged.add(new Judged(scores.get(0) - scores.get(1), candidates.get(0).truth() == 1));
      case MWAP -> clip(item, scores);
      default -> {
        int best = 0;
        for (int i = 1; i < scores.size(); i++) {
          best = scores.get(i) > scores.get(best) ? i : best;
        }
        shares.add(candidates.get(best).truth() == 1 ? 1.0 : 0.0);
      }
    }
  }

  private void clip(BenchmarkItem item, List<Double> scores) {
    for (int i = 0; i < scores.size(); i++) {
      Candidate candidate = item.candidates().get(i);
      clips.add(
          new MeanWeightedPrecision.Clip(
              candidate.text(),
              item.medium().file().toString(),
              scores.get(i),
              MeanWeightedPrecision.Kind.ofLabel(candidate.truth()).orElseThrow()));
    }
  }

  /**
   * Returns the score as papers report it.
   *
   * @throws IOException if WordNet cannot be read
   * @throws IllegalArgumentException if the measure is not defined for what was asked
   */
  double value() throws IOException {
    return share() * PERCENT;
  }

  private double share() throws IOException {
    Optional<TextMetric> texts = metric.ofTexts(new PtbTokenizer());
    double[] textScores = texts.isEmpty() ? new double[0] : texts.get().scores(predictions);
    return switch (metric) {
      case AUC -> new RocAuc().of(judged);
      case MWAP -> new MeanWeightedPrecision().of(clips);
      default ->
          DoubleStream.concat(
                  Arrays.stream(textScores), shares.stream().mapToDouble(Double::doubleValue))
              .average()
              .orElse(0);
    };
  }
}
