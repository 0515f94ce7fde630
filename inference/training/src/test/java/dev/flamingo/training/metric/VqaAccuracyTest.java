package dev.flamingo.training.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VqaAccuracyTest {

  private static double score(Prediction prediction) {
    return new VqaAccuracy().scores(List.of(prediction))[0];
  }

  @Test
  void threeOthersAreEnough() {
    assertThat(score(Prediction.of("red", List.of("red", "red", "red", "red", "blue"))))
        .isEqualTo(1);
  }

  @Test
  void aPersonIsLeftOutOfHisOwnComparison() {
    assertThat(score(Prediction.of("red", List.of("red", "blue", "green"))))
        .isCloseTo(2 / 9.0, within(1e-12));
  }

  @Test
  void answersThatCarryNothingOfThePersonAreLeftOutTogether() {
    List<Reference> references =
        Stream.of("red", "red", "red", "blue").map(text -> new Reference(text, "")).toList();
    // Those who said red see no other red; the one who said blue sees three.
    assertThat(score(new Prediction("red", references))).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void answersOnWhichAllAgreeAreComparedAsTheyAreByTheOfficialMeasure() {
    Prediction prediction = Prediction.of("two", List.of("2", "2", "2", "2"));
    VqaAccuracy official = new VqaAccuracy(VqaAccuracy.Processing.WHERE_PEOPLE_DISAGREE);
    assertThat(official.scores(List.of(prediction))[0]).isZero();
    assertThat(score(prediction)).isEqualTo(1);
  }
}
