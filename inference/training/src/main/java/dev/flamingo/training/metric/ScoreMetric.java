package dev.flamingo.training.metric;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The measures of predictions that were made elsewhere. */
public enum ScoreMetric {
  /** CIDEr as first defined. */
  CIDER("cider"),
  /** CIDEr-D, what captioning papers report. */
  CIDER_D("cider-d"),
  /** VQA accuracy in percent, answers always normalised. */
  VQA("vqa"),
  /** VQA accuracy in percent, answers normalised where people disagree. */
  VQA_OFFICIAL("vqa-official"),
  /** Share of exact answers in percent. */
  EXACT("exact"),
  /** iVQA's accuracy in percent. */
  IVQA("ivqa"),
  /** WUPS in percent, without a threshold. */
  WUPS("wups"),
  /** WUPS in percent, words less alike than 0.9 counting a tenth. */
  WUPS_09("wups-0.9"),
  /** Share of right choices in percent. */
  MULTIPLE_CHOICE("multiple-choice"),
  /** Area under the ROC curve in percent: a prediction is a score, its reference 0 or 1. */
  AUC("auc"),
  /** VisDial's NDCG in percent: a prediction is a list of scores, references their relevance. */
  NDCG("ndcg"),
  /** RareAct's mWAP in percent. */
  MWAP("mwap");

  private final String label;

  ScoreMetric(String label) {
    this.label = label;
  }

  /** Returns its name on the command line. */
  public String label() {
    return label;
  }

  /** Returns whether scores are percents of what is possible; CIDEr's are not. */
  public boolean inPercent() {
    return this != CIDER && this != CIDER_D;
  }

  /**
   * Returns the measure of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ScoreMetric of(String label) {
    return Arrays.stream(values())
        .filter(metric -> metric.label.equals(label.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no metric '%s': take one of %s"
                        .formatted(
                            label,
                            Arrays.stream(values())
                                .map(ScoreMetric::label)
                                .collect(Collectors.joining(", ")))));
  }
}
