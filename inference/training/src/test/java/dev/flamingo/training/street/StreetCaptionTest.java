package dev.flamingo.training.street;

import static dev.flamingo.ingest.street.ActorKind.BUS;
import static dev.flamingo.ingest.street.ActorKind.CAR;
import static dev.flamingo.ingest.street.ActorKind.DOG;
import static dev.flamingo.ingest.street.Colour.BLUE;
import static dev.flamingo.ingest.street.Colour.RED;
import static dev.flamingo.ingest.street.Colour.UNNAMED;
import static dev.flamingo.ingest.street.Colour.WHITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.ingest.street.Light;
import dev.flamingo.ingest.street.StreetClip;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreetCaptionTest {

  private final StreetCaption caption = new StreetCaption();

  @Test
  void actorsComeInAFixedOrderThenLightDayAndWeather() {
    assertThat(
            caption.of(
                Street.of(
                    Street.standing(WHITE, DOG, 20),
                    Street.goingRight(RED, BUS),
                    Street.leaving(BLUE, CAR),
                    Street.standing(RED, CAR, 40))))
        .isEqualTo(
            "a red car standing, a blue car going left, a red bus going right, "
                + "a white dog standing. the light is red. day.");
  }

  @Test
  void aColourWithoutANameIsNotTold() {
    assertThat(caption.of(Street.of(Street.standing(UNNAMED, CAR, 40)), 0))
        .isEqualTo("a car. the light is red. day.");
  }

  @Test
  void aLightThatChangesTurns() {
    assertThat(caption.of(new StreetClip(List.of(), Light.RED, 3, true, true, 1)))
        .isEqualTo("an empty street. the light turns green. night, rain.");
  }

  @Test
  void whoIsNeverSeenIsNotTold() {
    assertThat(caption.of(Street.of(Street.away(RED, BUS))))
        .isEqualTo("an empty street. the light is red. day.");
  }

  @Test
  void aSingleFrameShowsNoMotionAndOnlyWhoIsThere() {
    StreetClip clip =
        new StreetClip(
            List.of(Street.entering(RED, CAR), Street.goingRight(WHITE, DOG)),
            Light.RED,
            3,
            false,
            true,
            1);

    assertThat(caption.of(clip, 0)).isEqualTo("a white dog. the light is red. day, rain.");
    assertThat(caption.of(clip, 7))
        .isEqualTo("a red car, a white dog. the light is green. day, rain.");
  }
}
