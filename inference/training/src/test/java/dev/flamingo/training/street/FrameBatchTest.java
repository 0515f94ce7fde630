package dev.flamingo.training.street;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flamingo.ingest.street.ActorKind;
import dev.flamingo.ingest.street.Colour;
import dev.flamingo.ingest.street.Light;
import dev.flamingo.ingest.street.StreetClip;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameBatchTest {

  private static final int CELLS = 36;
  private static final int KINDS = ActorKind.values().length;
  private static final int CAR = List.of(ActorKind.values()).indexOf(ActorKind.CAR);
  private static final int RED = KINDS + Colour.NAMED.indexOf(Colour.RED);
  private static final int LAMP = KINDS + Colour.NAMED.size();

  @Test
  void everyThingIsMarkedInTheCellOfItsMiddleWithTheWayFromTheCellsMiddle() {
    StreetClip clip =
        Street.of(
            Street.standing(Colour.RED, ActorKind.CAR, 40),
            Street.away(Colour.BLUE, ActorKind.BUS));
    FrameBatch batch = batch(clip, 0);

    // The car's middle is at 40, 60.25 and the lamp at 88, 32, in cells of 16 pixels.
    int car = 3 * 6 + 2;
    int lamp = 2 * 6 + 5;
    assertThat(places(batch.truth().things()))
        .containsExactly(
            lamp * FrameBatch.THINGS + LAMP + List.of(Light.values()).indexOf(Light.RED),
            car * FrameBatch.THINGS + CAR,
            car * FrameBatch.THINGS + RED);
    assertThat(places(batch.truth().occupied())).containsExactly(lamp, car);
    assertThat(batch.truth().offsets()[2 * car]).isCloseTo(0, within(1e-6f));
    assertThat(batch.truth().offsets()[2 * car + 1]).isCloseTo(0.265625f, within(1e-6f));
    assertThat(batch.truth().offsets()[2 * lamp + 1]).isCloseTo(-0.5f, within(1e-6f));
  }

  @Test
  void aColourWithoutANameIsNone() {
    FrameBatch batch = batch(Street.of(Street.standing(Colour.UNNAMED, ActorKind.CAR, 40)), 0);

    assertThat(places(batch.truth().things()))
        .containsExactly(
            (2 * 6 + 5) * FrameBatch.THINGS + LAMP, (3 * 6 + 2) * FrameBatch.THINGS + CAR);
  }

  @Test
  void framesLieOneBehindTheOther() {
    FrameBatch.Builder builder = new FrameBatch.Builder(2, 0, 3);
    StreetClip clip = new StreetClip(List.of(), Light.RED, 4, true, false, 1);
    builder.add(new float[] {1, 2, 3}, "first", clip, 3);
    builder.add(new float[] {4, 5, 6}, "second", clip, 4);
    FrameBatch batch = builder.build();

    assertThat(batch.pixels()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(batch.captions()).containsExactly("first", "second");
    assertThat(batch.truth().frames()).isEqualTo(2);
    assertThat(batch.truth().facts()).containsExactly(1, 0, 0, 1, 0, 1);
    assertThat(batch.truth().occupied()).hasSize(2 * CELLS);
  }

  @Test
  void whoIsNotYetThereIsNotMarked() {
    StreetClip clip = Street.of(Street.entering(Colour.RED, ActorKind.CAR));

    assertThat(places(batch(clip, 0).truth().occupied())).hasSize(1);
    assertThat(places(batch(clip, 7).truth().occupied())).hasSize(2);
  }

  private static FrameBatch batch(StreetClip clip, int second) {
    FrameBatch.Builder builder = new FrameBatch.Builder(1, 0, 3);
    builder.add(new float[3], "caption", clip, second);
    return builder.build();
  }

  private static List<Integer> places(float[] values) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        places.add(i);
      }
    }
    return places;
  }
}
