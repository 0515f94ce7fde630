package dev.flamingo.training.street;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.flamingo.ingest.street.ActorKind;
import dev.flamingo.ingest.street.Colour;
import dev.flamingo.ingest.street.StreetClip;
import org.junit.jupiter.api.Test;

class StreetExamTest {

  private final StreetExam exam = new StreetExam(StreetSplit.balance());

  @Test
  void aHeldOutPairIsAskedForByItsKindAndByItsColour() {
    StreetClip clip =
        Street.of(
            Street.standing(Colour.GREEN, ActorKind.CAR, 20),
            Street.standing(Colour.RED, ActorKind.BUS, 70));

    assertThat(exam.askOfHeldOut(clip))
        .extracting(StreetExam.Asked::text, StreetExam.Asked::answer)
        .containsExactly(tuple("what color is the car?", "green"), tuple("what is green?", "car"));
  }

  @Test
  void whatCanBeAnsweredWithoutThePairIsLeftOut() {
    StreetClip two =
        Street.of(
            Street.standing(Colour.GREEN, ActorKind.CAR, 20),
            Street.standing(Colour.GREEN, ActorKind.BUS, 70));

    assertThat(exam.askOfHeldOut(two))
        .extracting(StreetExam.Asked::answer)
        .containsExactly("green");
    assertThat(exam.askOfHeldOut(Street.of(Street.standing(Colour.RED, ActorKind.CAR, 20))))
        .isEmpty();
  }
}
