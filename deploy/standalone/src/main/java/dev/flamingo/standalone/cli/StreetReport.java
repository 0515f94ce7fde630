package dev.flamingo.standalone.cli;

import dev.flamingo.training.street.QuantizationScores;
import dev.flamingo.training.street.StreetScores;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Scores on the street as a table for people. */
final class StreetReport {

  private static final double POINTS = 100;

  private final PrintWriter out;

  StreetReport(PrintWriter out) {
    this.out = out;
  }

  /** Prints what a model scores. */
  void print(StreetScores scores) {
    out.printf("%-22s %s%n", "weights", scores.weights());
    rows(scores).forEach((name, share) -> out.printf("%-22s %.3f%n", name, share));
  }

  /** Prints what a model scores before and after its weights were quantised. */
  void print(QuantizationScores scores) {
    Map<String, Double> after = rows(scores.quantized());
    out.printf(
        "%-22s %8s %8s  %s%n", "weights", "fp32", scores.quantized().weights(), "loss, points");
    rows(scores.fp32())
        .forEach(
            (name, share) -> {
              double other = after.getOrDefault(name, 0.0);
              double loss = (share - other) * POINTS;
              out.printf("%-22s %8.3f %8.3f  %+.1f%n", name, share, other, loss);
            });
    QuantizationScores.Speed speed = scores.tokensPerSecond();
    out.printf(
        "%-22s %8.0f %8.0f  %.2f times as fast%n",
        "tokens per second", speed.fp32(), speed.quantized(), speed.ratio());
    QuantizationScores.Changed changed = scores.changedByBatch();
    out.printf(
        "%-22s %8.4f %8.4f%n", "changed by their batch", changed.fp32(), changed.quantized());
  }

  private static Map<String, Double> rows(StreetScores scores) {
    Map<String, Double> rows = new LinkedHashMap<>();
    rows.put("overall", scores.overall());
    rows.put("without a picture", scores.blind());
    rows.put("frames shuffled", scores.shuffled());
    rows.put("order, backwards", scores.reversed());
    rows.put("  without fault", scores.timeless());
    rows.put("empty streets", scores.empty());
    rows.put("held-out pairs", scores.heldOut());
    rows.put("captions, every word", scores.captions().exact());
    rows.put("calibration error", scores.calibration().error());
    rows.put("right where confident", scores.calibration().confident());
    rows.put("untaught, 0 shots", scores.untaught().zeroShot());
    rows.put("untaught, 4 shots", scores.untaught().fourShot());
    scores
        .fewShot()
        .forEach(
            (count, score) -> {
              rows.put("glyphs, %d shots of %d".formatted(count, score.ways()), score.exact());
              rows.put("  not flagged, %d shots".formatted(count), score.relied());
            });
    scores.families().forEach((family, share) -> rows.put("  " + family, share));
    return rows;
  }
}
