package dev.flamingo.training.street;

import static dev.flamingo.ingest.street.ActorKind.BUS;
import static dev.flamingo.ingest.street.ActorKind.CAR;
import static dev.flamingo.ingest.street.Colour.BLUE;
import static dev.flamingo.ingest.street.Colour.RED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.ingest.street.Light;
import dev.flamingo.ingest.street.StreetClip;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StillQuestionsTest {

  /** A red bus at first, a blue car at last; the light turns green. */
  private final StreetClip clip =
      new StreetClip(
          List.of(Street.leaving(RED, BUS), Street.entering(BLUE, CAR)),
          Light.RED,
          4,
          false,
          true,
          1);

  private final StillQuestions questions = new StillQuestions(StreetSplit.balance());

  private Set<String> asked(int second) {
    return IntStream.range(0, 3_000)
        .mapToObj(seed -> questions.ask(clip, second, new SplittableRandom(seed)))
        .collect(Collectors.toSet());
  }

  @Test
  void answersAreTrueOfTheFrameAlone() {
    assertThat(asked(0))
        .contains(
            "Question: what color is the bus? Answer: red",
            "Question: what color is the light? Answer: red",
            "Question: what is red? Answer: bus",
            "Question: how many things are there? Answer: one")
        .doesNotContain("Question: how many cars are there? Answer: one");
    assertThat(asked(7))
        .contains(
            "Question: what color is the car? Answer: blue",
            "Question: what color is the light? Answer: green",
            "Question: is it raining? Answer: yes")
        .doesNotContain("Question: how many buses are there? Answer: one");
  }

  @Test
  void nothingIsAskedThatTakesSeveralFrames() {
    assertThat(asked(0)).noneMatch(text -> text.matches(".*(going|moving|turn|came|left|start).*"));
  }
}
