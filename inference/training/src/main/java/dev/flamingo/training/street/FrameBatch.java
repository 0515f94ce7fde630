package dev.flamingo.training.street;

import dev.flamingo.ingest.street.Actor;
import dev.flamingo.ingest.street.ActorKind;
import dev.flamingo.ingest.street.Colour;
import dev.flamingo.ingest.street.Light;
import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.ingest.street.StreetRenderer;
import dev.flamingo.training.objective.CellAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pictures for the vision encoder with what is true of them: frames of the street, then others of
 * which there is no more to say than a caption.
 *
 * @param pixels {@code [pictures, 3, size, size]}
 * @param captions one for each picture
 * @param truth what is true of the street's frames
 */
record FrameBatch(float[] pixels, List<String> captions, CellAttributes.Truth truth) {

  /** Cells in a row of the encoder's map. */
  private static final int SIDE = 6;

  private static final int COLOURS = ActorKind.values().length;
  private static final int LAMPS = COLOURS + Colour.NAMED.size();

  /**
   * What a cell may hold: actors of every kind, things of every colour, and the lamp's two states.
   * A kind and its colour are separate classes: a model that learns classes of pairs does not know
   * a pair that it was never shown.
   */
  static final int THINGS = LAMPS + Light.values().length;

  /** Night, rain, and whether the light is green. */
  static final int FACTS = 3;

  private static final double INSIDE = 0.4;

  /** Collects pictures. */
  static final class Builder {
    private final float[] pixels;
    private final float[] things;
    private final float[] offsets;
    private final float[] occupied;
    private final float[] facts;
    private final List<String> captions = new ArrayList<>();
    private final int frames;
    private final int size;

    Builder(int frames, int others, int size) {
      this.frames = frames;
      this.size = size;
      int cells = frames * SIDE * SIDE;
      pixels = new float[(frames + others) * size];
      things = new float[cells * THINGS];
      offsets = new float[cells * 2];
      occupied = new float[cells];
      facts = new float[frames * FACTS];
    }

    void add(float[] frame, String caption, StreetClip clip, int second) {
      int at = captions.size();
      add(frame, caption);
      for (Actor actor : clip.actors()) {
        double x = actor.x(second);
        if (actor.visibleShare(second) >= INSIDE && x >= 0 && x < Actor.FRAME) {
          mark(at, x, actor.y(), index(ActorKind.values(), actor.kind()));
          if (actor.colour() != Colour.UNNAMED) {
            mark(at, x, actor.y(), COLOURS + Colour.NAMED.indexOf(actor.colour()));
          }
        }
      }
      int light = index(Light.values(), clip.light(second));
      mark(at, StreetRenderer.LAMP_X, StreetRenderer.LAMP_Y, LAMPS + light);
      facts[at * FACTS] = clip.night() ? 1 : 0;
      facts[at * FACTS + 1] = clip.rain() ? 1 : 0;
      facts[at * FACTS + 2] = clip.light(second) == Light.GREEN ? 1 : 0;
    }

    void add(float[] picture, String caption) {
      System.arraycopy(picture, 0, pixels, captions.size() * size, size);
      captions.add(caption);
    }

    private void mark(int frame, double x, double y, int thing) {
      double cell = Actor.FRAME / SIDE;
      int column = (int) (x / cell);
      int row = (int) (y / cell);
      int place = (frame * SIDE + row) * SIDE + column;
      things[place * THINGS + thing] = 1;
      offsets[place * 2] = (float) (x / cell - column - 0.5);
      offsets[place * 2 + 1] = (float) (y / cell - row - 0.5);
      occupied[place] = 1;
    }

    FrameBatch build() {
      return new FrameBatch(
          pixels,
          List.copyOf(captions),
          new CellAttributes.Truth(frames, things, offsets, occupied, facts));
    }

    private static <T> int index(T[] values, T value) {
      return Arrays.asList(values).indexOf(value);
    }
  }
}
