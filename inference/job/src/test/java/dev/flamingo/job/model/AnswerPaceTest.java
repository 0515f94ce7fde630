package dev.flamingo.job.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class AnswerPaceTest {

  private final AnswerPace pace = new AnswerPace();

  @Test
  void nothingIsKnownBeforeARowIsFree() {
    pace.add(4, 0, 10);
    assertThat(pace.answerNanos()).isZero();
  }

  @Test
  void aRowIsHeldForAsManyStepsAsAnAnswerHasTokens() {
    for (int i = 0; i < 500; i++) {
      pace.add(4, i % 20 == 19 ? 4 : 0, 10);
    }
    assertThat(pace.answerNanos()).isCloseTo(200, within(60.0));
  }

  @Test
  void endlessAnswersAreNoticedBeforeTheyEnd() {
    for (int i = 0; i < 500; i++) {
      // One row goes round, three are held for ever.
      pace.add(4, 1, 10);
    }
    assertThat(pace.answerNanos()).isCloseTo(40, within(0.1));
  }

  @Test
  void whatIsLongAgoIsForgotten() {
    for (int i = 0; i < 500; i++) {
      pace.add(4, 4, 1_000);
    }
    for (int i = 0; i < 500; i++) {
      pace.add(4, 4, 10);
    }
    assertThat(pace.answerNanos()).isCloseTo(10, within(0.1));
  }
}
