package dev.flamingo.ingest.street;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreetRendererTest {

  private static final int SIZE = 96;

  private final StreetRenderer renderer = new StreetRenderer(SIZE);

  private byte[] draw(StreetClip clip, int second) {
    byte[] rgb = new byte[SIZE * SIZE * 3];
    renderer.render(clip, second, rgb);
    return rgb;
  }

  private static StreetClip clip(boolean night, boolean rain, Actor... actors) {
    return new StreetClip(List.of(actors), Light.RED, /* lightChange= */ 4, night, rain, 7);
  }

  private static Actor bus(double start) {
    return new Actor(
        ActorKind.BUS,
        Colour.RED,
        Track.FAR_LANE,
        start,
        /* speed= */ 6,
        /* size= */ 1,
        /* facesLeft= */ false,
        3);
  }

  private static int channel(byte[] rgb, double x, double y, int channel) {
    int column = (int) x;
    int row = (int) y;
    return rgb[(row * SIZE + column) * 3 + channel] & 0xFF;
  }

  private static double mean(byte[] rgb) {
    long sum = 0;
    for (byte value : rgb) {
      sum += value & 0xFF;
    }
    return (double) sum / rgb.length;
  }

  @Test
  void aFrameDoesNotDependOnWhatWasDrawnBefore() {
    StreetClip noon = new StreetClipSampler(1, 0).sample(2);
    StreetClip other = new StreetClipSampler(1, 0).sample(3);
    byte[] first = draw(noon, 0);
    draw(other, 5);
    assertThat(draw(noon, 0)).isEqualTo(first);
  }

  @Test
  void theTrafficLightShowsItsColour() {
    StreetClip clip = clip(/* night= */ false, /* rain= */ false);
    byte[] red = draw(clip, 3);
    byte[] green = draw(clip, 4);
    // The camera shakes by a pixel: the middle of the lamp stays inside.
    assertThat(channel(red, StreetRenderer.LAMP_X, StreetRenderer.LAMP_Y - 3, 0))
        .isGreaterThan(180);
    assertThat(channel(green, StreetRenderer.LAMP_X, StreetRenderer.LAMP_Y - 3, 0)).isLessThan(140);
    assertThat(channel(green, StreetRenderer.LAMP_X, StreetRenderer.LAMP_Y + 3, 1))
        .isGreaterThan(180);
  }

  @Test
  void anActorIsDrawnWhereItIs() {
    Actor bus = bus(30);
    for (int second : new int[] {0, 4}) {
      byte[] with = draw(clip(false, false, bus), second);
      byte[] without = draw(clip(false, false), second);
      double x = bus.x(second);
      double foot = bus.y() + bus.height() / 4;
      assertThat(channel(with, x, foot, 0) - channel(without, x, foot, 0)).isGreaterThan(60);
    }
  }

  @Test
  void aColourWithoutANameIsAnotherForEveryActor() {
    List<Integer> greens =
        IntStream.range(0, 5)
            .mapToObj(
                look ->
                    new Actor(ActorKind.BUS, Colour.UNNAMED, Track.FAR_LANE, 40, 0, 1, false, look))
            .map(bus -> channel(draw(clip(false, false, bus), 0), bus.x(0), bus.y() + 3, 1))
            .toList();
    assertThat(greens).doesNotHaveDuplicates();
  }

  @Test
  void nightIsDarkerThanDay() {
    assertThat(mean(draw(clip(true, false), 0)))
        .isLessThan(mean(draw(clip(false, false), 0)) / 1.5);
  }

  @Test
  void rainChangesTheWholePictureByDayAndNight() {
    for (boolean night : new boolean[] {false, true}) {
      byte[] wet = draw(clip(night, true), 0);
      byte[] dry = draw(clip(night, false), 0);
      int changed = 0;
      for (int i = 0; i < wet.length; i++) {
        changed += Math.abs((wet[i] & 0xFF) - (dry[i] & 0xFF)) > 6 ? 1 : 0;
      }
      assertThat((double) changed / wet.length).isGreaterThan(0.3);
    }
  }
}
