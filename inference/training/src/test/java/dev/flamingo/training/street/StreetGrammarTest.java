package dev.flamingo.training.street;

import static dev.flamingo.ingest.street.ActorKind.BICYCLE;
import static dev.flamingo.ingest.street.ActorKind.BUS;
import static dev.flamingo.ingest.street.ActorKind.CAR;
import static dev.flamingo.ingest.street.ActorKind.DOG;
import static dev.flamingo.ingest.street.ActorKind.PERSON;
import static dev.flamingo.ingest.street.Colour.BLACK;
import static dev.flamingo.ingest.street.Colour.BLUE;
import static dev.flamingo.ingest.street.Colour.GREEN;
import static dev.flamingo.ingest.street.Colour.RED;
import static dev.flamingo.ingest.street.Colour.UNNAMED;
import static dev.flamingo.ingest.street.Colour.WHITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.ingest.street.Light;
import dev.flamingo.ingest.street.StreetClip;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreetGrammarTest {

  @Test
  void aColourWithoutANameIsNotAskedFor() {
    assertThat(answers(Street.of(Street.standing(UNNAMED, CAR, 40))))
        .doesNotContainKey("what color is the car?")
        .containsEntry("is there a car?", "yes")
        .containsEntry("what color is the bus?", "there is no bus");
  }

  @Test
  void coloursCountsAndDirectionsAreThoseOfTheClip() {
    Map<String, String> answers =
        answers(
            Street.of(
                Street.goingRight(RED, BUS),
                Street.standing(WHITE, DOG, 20),
                Street.standing(BLUE, CAR, 70),
                Street.standing(RED, CAR, 40)));

    assertThat(answers)
        .containsEntry("what color is the bus?", "red")
        .containsEntry("what's the color of the bus?", "red")
        .containsEntry("what color is the truck?", "there is no truck")
        .containsEntry("which way is the bus going?", "right")
        .containsEntry("which way is the dog going?", "nowhere")
        .containsEntry("where is the truck going?", "there is no truck")
        .containsEntry("how many cars are there?", "two")
        .containsEntry("how many buses do you see?", "one")
        .containsEntry("how many people can you see?", "zero")
        .containsEntry("how many things are there?", "four")
        .containsEntry("is there a dog?", "yes")
        .containsEntry("are there any people?", "no")
        .containsEntry("is there a blue car?", "yes")
        .containsEntry("is there a white car?", "no")
        .containsEntry("is anything white?", "yes")
        .containsEntry("is anything black?", "no")
        .containsEntry("what is white?", "dog")
        .containsEntry("what is black?", "nothing");
  }

  @Test
  void whatHasTwoAnswersIsNotAsked() {
    Map<String, String> answers =
        answers(
            Street.of(
                Street.standing(BLUE, CAR, 70),
                Street.standing(RED, CAR, 40),
                Street.standing(RED, DOG, 10)));

    assertThat(answers)
        .doesNotContainKeys("what color is the car?", "which way is the car going?", "what is red?")
        .doesNotContainKeys("what came first?")
        .containsKeys("what color is the dog?", "what is blue?");
  }

  @Test
  void whoIsNotSeenDoesNotCount() {
    assertThat(answers(Street.of(Street.away(RED, BUS))))
        .containsEntry("how many things are there?", "zero")
        .containsEntry("is there a bus?", "no")
        .containsEntry("what color is the bus?", "there is no bus")
        .containsEntry("what entered?", "nothing");
  }

  @Test
  void theLightIsToldAtBothEnds() {
    assertThat(answers(light(Light.RED, 4)))
        .containsEntry("what color was the light at the start?", "red")
        .containsEntry("what color is the light?", "green")
        .containsEntry("is the light green now?", "yes")
        .containsEntry("is the light red?", "no")
        .containsEntry("did the light change?", "yes");
    assertThat(answers(light(Light.GREEN, 0)))
        .containsEntry("what color was the light at the start?", "green")
        .containsEntry("what color is the light at the end?", "green")
        .containsEntry("has the light changed?", "no");
  }

  @Test
  void dayAndRainAreTold() {
    assertThat(answers(new StreetClip(List.of(), Light.RED, 0, true, true, 1)))
        .containsEntry("is it day or night?", "night")
        .containsEntry("is it dark?", "yes")
        .containsEntry("is it day?", "no")
        .containsEntry("is it raining?", "yes");
    assertThat(answers(Street.of()))
        .containsEntry("is it day or night?", "day")
        .containsEntry("is it night?", "no")
        .containsEntry("is it day?", "yes")
        .containsEntry("does it rain?", "no");
  }

  @Test
  void theFirstIsWhoWasSeenFirst() {
    assertThat(answers(Street.of(Street.entering(GREEN, CAR), Street.standing(BLACK, PERSON, 80))))
        .containsEntry("what came first?", "person");
    assertThat(answers(Street.of(Street.standing(BLACK, PERSON, 80))))
        .doesNotContainKey("what came first?");
    assertThat(
            answers(Street.of(Street.standing(RED, DOG, 20), Street.standing(BLACK, PERSON, 80))))
        .doesNotContainKey("what came first?");
  }

  @Test
  void enteringAndLeavingAreToldApart() {
    assertThat(
            answers(
                Street.of(
                    Street.entering(GREEN, CAR),
                    Street.leaving(BLUE, BICYCLE),
                    Street.standing(RED, DOG, 80))))
        .containsEntry("what entered?", "car")
        .containsEntry("what came into view?", "car")
        .containsEntry("what left?", "bicycle")
        .containsEntry("what went out of view?", "bicycle")
        .containsEntry("which way is the car going?", "right")
        .containsEntry("which way is the bicycle going?", "left");
    assertThat(answers(Street.of(Street.standing(RED, DOG, 80))))
        .containsEntry("what entered?", "nothing")
        .containsEntry("what left?", "nothing");
  }

  @Test
  void twoWhoEnterAreNotAskedFor() {
    assertThat(
            answers(
                Street.of(
                    Street.entering(GREEN, CAR),
                    Street.entering(RED, DOG),
                    Street.leaving(BLUE, BICYCLE))))
        .doesNotContainKey("what entered?")
        .containsEntry("what left?", "bicycle");
  }

  @Test
  void noPhrasingHasTwoAnswers() {
    for (int i = 0; i < 300; i++) {
      answers(StreetSplit.test(5).sample(i));
    }
  }

  private static Map<String, String> answers(StreetClip clip) {
    Map<String, String> answers = new HashMap<>();
    for (StreetQuestion question : new StreetGrammar().questions(clip)) {
      for (String phrasing : question.phrasings()) {
        assertThat(answers.put(phrasing, question.answer())).as(phrasing).isNull();
      }
    }
    return answers;
  }

  private static StreetClip light(Light first, int change) {
    return new StreetClip(List.of(), first, change, false, false, 1);
  }
}
