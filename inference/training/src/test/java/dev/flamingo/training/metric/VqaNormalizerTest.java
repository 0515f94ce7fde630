package dev.flamingo.training.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VqaNormalizerTest {

  private final VqaNormalizer normalizer = new VqaNormalizer();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The Two dogs!|2 dogs",
        "1,000|1000",
        "3.5|3.5",
        "U.S.A.|usa",
        "a/b|b",
        "half-way|half way",
        "none|0",
        "no, yes|no yes",
        "10 a.m.|10 am",
        "red,blue|red blue",
        "St. John|st john",
        "dont|don't",
        "couldntve|couldntve",
        "couldn'tve|couldn't've",
        "somebody'd|somebodyd",
        "shed|shed",
      })
  void answersTakeTheOfficialForm(String answer, String form) {
    assertThat(normalizer.normalize(answer)).isEqualTo(form);
  }

  @Test
  void onlyThirtyTwoPeriodsGoAway() {
    assertThat(normalizer.normalize(".".repeat(40))).isEqualTo(".".repeat(8));
  }

  @Test
  void linesBecomeOne() {
    assertThat(normalizer.normalize(" red\n\tbus ")).isEqualTo("red bus");
  }
}
