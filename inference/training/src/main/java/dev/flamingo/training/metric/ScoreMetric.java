package dev.flamingo.training.metric;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
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
   * Returns how predicted texts are measured.
   *
   * @param tokenizer takes captions apart
   * @return nothing where scores are measured and not texts
   * @throws IOException if WordNet cannot be read
   */
  public Optional<TextMetric> ofTexts(CaptionTokenizer tokenizer) throws IOException {
    return switch (this) {
      case CIDER -> Optional.of(new Cider(Cider.Variant.PLAIN, tokenizer));
      case CIDER_D -> Optional.of(new Cider(Cider.Variant.D, tokenizer));
      case VQA -> Optional.of(new VqaAccuracy(VqaAccuracy.Processing.ALWAYS));
      case VQA_OFFICIAL ->
          Optional.of(new VqaAccuracy(VqaAccuracy.Processing.WHERE_PEOPLE_DISAGREE));
      case EXACT -> Optional.of(new ExactMatch());
      case IVQA -> Optional.of(new IvqaAccuracy());
      case WUPS -> Optional.of(Wups.withThreshold(0));
      case WUPS_09 -> Optional.of(Wups.withThreshold(0.9));
      case MULTIPLE_CHOICE -> Optional.of(new MultipleChoice());
      case AUC, NDCG, MWAP -> Optional.empty();
    };
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
