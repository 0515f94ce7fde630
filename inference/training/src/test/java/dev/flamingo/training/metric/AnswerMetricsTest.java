package dev.flamingo.training.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerMetricsTest {

  @Test
  void exactMatchNormalisesBothSides() {
    assertThat(
            new ExactMatch()
                .scores(
                    List.of(
                        Prediction.of("The Dog.", List.of("dog")),
                        Prediction.of("dogs", List.of("dog")))))
        .containsExactly(1, 0);
  }

  @Test
  void iVqaWantsTwoPeople() {
    assertThat(
            new IvqaAccuracy()
                .scores(
                    List.of(
                        Prediction.of("red", List.of("red", "red", "a red", "blue", "car")),
                        Prediction.of("blue", List.of("red", "red", "a red", "blue", "car")),
                        Prediction.of("bus", List.of("red", "red", "a red", "blue", "car")))))
        .containsExactly(1, 0.5, 0);
  }

  @Test
  void aChoiceIsRightToTheLetter() {
    assertThat(
            new MultipleChoice()
                .scores(
                    List.of(
                        Prediction.of("The dog.", List.of("The dog.")),
                        Prediction.of("the dog", List.of("The dog.")))))
        .containsExactly(1, 0);
  }

  @Test
  void wupsIsOneForTheSameWordsAndWuPalmersFigureForOthers() throws IOException {
    double[] scores =
        Wups.withThreshold(0)
            .scores(
                List.of(
                    Prediction.of("the dogs", List.of("dog")),
                    Prediction.of("dog", List.of("cat")),
                    Prediction.of("dog", List.of("run")),
                    Prediction.of("qqq", List.of("dog")),
                    Prediction.of("walking", List.of("walk")),
                    Prediction.of("Été", List.of("été"))));
    assertThat(scores[0]).isEqualTo(1);
    // NLTK's documentation gives this figure for the first senses of dog and cat.
    assertThat(scores[1]).isCloseTo(0.857142857142857, within(1e-12));
    assertThat(scores[2]).isBetween(0.01, 0.6);
    assertThat(scores[3]).isZero();
    assertThat(scores[4]).isEqualTo(1);
    assertThat(scores[5]).isEqualTo(1);
  }

  @Test
  void wordsBelowTheThresholdCountATenth() throws IOException {
    assertThat(Wups.withThreshold(0.9).scores(List.of(Prediction.of("dog", List.of("cat"))))[0])
        .isCloseTo(0.0857142857142857, within(1e-12));
  }

  @Test
  void ndcgIsTheShareOfTheBestOrder() {
    Ndcg ndcg = new Ndcg();
    assertThat(ndcg.of(List.of(3.0, 2.0, 1.0), List.of(1.0, 0.5, 0.0))).isEqualTo(1);
    double best = 1 + 0.5 / (Math.log(3) / Math.log(2));
    assertThat(ndcg.of(List.of(3.0, 1.0, 2.0), List.of(0.0, 1.0, 0.5)))
        .isCloseTo(0.5 / (Math.log(3) / Math.log(2)) / best, within(1e-12));
    assertThat(ndcg.of(List.of(1.0, 2.0), List.of(0.0, 0.0))).isZero();
  }

  @Test
  void areaCountsTiesHalf() {
    RocAuc auc = new RocAuc();
    assertThat(
            auc.of(
                List.of(
                    new Judged(0.1, false),
                    new Judged(0.4, false),
                    new Judged(0.35, true),
                    new Judged(0.8, true))))
        .isCloseTo(0.75, within(1e-12));
    assertThat(auc.of(List.of(new Judged(1, true), new Judged(1, false)))).isEqualTo(0.5);
    assertThatThrownBy(() -> auc.of(List.of(new Judged(1, true))))
        .hasMessageContaining("positives and negatives");
  }

  @Test
  void averagePrecisionIsPrecisionWeighedByTheRecallItAdds() {
    assertThat(
            new AveragePrecision()
                .of(
                    List.of(
                        new Judged(0.1, false),
                        new Judged(0.4, false),
                        new Judged(0.35, true),
                        new Judged(0.8, true))))
        .isCloseTo(0.8333333333, within(1e-9));
  }

  @Test
  void clipsOfOneVideoCountOnceTogether() {
    MeanWeightedPrecision.Kind negative = MeanWeightedPrecision.Kind.NEGATIVE;
    double value =
        new MeanWeightedPrecision()
            .of(
                List.of(
                    clip("cut laptop", "v1", 0.5, MeanWeightedPrecision.Kind.POSITIVE),
                    clip("cut laptop", "v2", 0.9, negative),
                    clip("cut laptop", "v2", 0.8, negative),
                    clip("eat shoe", "v3", 0.8, negative)));
    assertThat(value).isEqualTo(0.5);
  }

  @Test
  void rareActsLabelsSayWhatAClipIs() {
    assertThat(MeanWeightedPrecision.Kind.ofLabel(1)).contains(MeanWeightedPrecision.Kind.POSITIVE);
    assertThat(MeanWeightedPrecision.Kind.ofLabel(0)).contains(MeanWeightedPrecision.Kind.NEGATIVE);
    assertThat(MeanWeightedPrecision.Kind.ofLabel(4))
        .contains(MeanWeightedPrecision.Kind.HARD_NEGATIVE);
    assertThat(MeanWeightedPrecision.Kind.ofLabel(5)).isEmpty();
    assertThat(MeanWeightedPrecision.Kind.ofLabel(0.5)).isEmpty();
  }

  private static MeanWeightedPrecision.Clip clip(
      String action, String video, double score, MeanWeightedPrecision.Kind kind) {
    return new MeanWeightedPrecision.Clip(action, video, score, kind);
  }
}
