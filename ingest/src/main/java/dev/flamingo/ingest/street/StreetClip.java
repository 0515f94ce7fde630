package dev.flamingo.ingest.street;

import java.util.List;

/**
 * Eight seconds of the street, and the truth about them.
 *
 * @param actors everybody on it, seen or not
 * @param light the traffic light at second 0
 * @param lightChange the second at which the light changes; 0 for never
 * @param night whether it is night
 * @param rain whether it rains
 * @param look a seed for houses, trees, camera and noise
 */
public record StreetClip(
    List<Actor> actors, Light light, int lightChange, boolean night, boolean rain, long look) {

  /** Frames in a clip, one per second. */
  public static final int FRAMES = 8;

  /** How much of an actor must be inside a frame to be seen in it. */
  public static final double SEEN = 0.6;

  private static final int LONG_ENOUGH = 3;
  private static final double INSIDE = 0.9;
  private static final double OUTSIDE = 0.1;

  /** Copies the actors. */
  public StreetClip {
    actors = List.copyOf(actors);
  }

  /**
   * Returns the truth of the same frames in the other order: everybody goes backwards, and the
   * light changes back.
   */
  public StreetClip reversed() {
    return new StreetClip(
        actors.stream().map(actor -> actor.reversed(FRAMES - 1)).toList(),
        light(FRAMES - 1),
        lightChange == 0 ? 0 : FRAMES - lightChange,
        night,
        rain,
        look);
  }

  /** Returns the same street without actors. */
  public StreetClip empty() {
    return with(List.of());
  }

  /** Returns the same street with others on it. */
  public StreetClip with(List<Actor> others) {
    return new StreetClip(others, light, lightChange, night, rain, look);
  }

  /**
   * Returns the truth of one frame alone: nothing moves or changes, and only visible actors exist.
   */
  public StreetClip still(int second) {
    return new StreetClip(
        actors.stream()
            .filter(actor -> actor.visibleShare(second) >= SEEN)
            .map(actor -> actor.still(second))
            .toList(),
        light(second),
        0,
        night,
        rain,
        look);
  }

  /** Returns the light at a second. */
  public Light light(int second) {
    return lightChange != 0 && second >= lightChange ? light.other() : light;
  }

  /** Returns the actors that are seen in at least three frames, the order kept. */
  public List<Actor> seen() {
    return actors.stream().filter(StreetClip::counts).toList();
  }

  /** Returns the first frame in which an actor is seen; the number of frames where it never is. */
  public static int firstSeen(Actor actor) {
    int second = 0;
    while (second < FRAMES && actor.visibleShare(second) < SEEN) {
      second++;
    }
    return second;
  }

  /** Returns whether an actor comes into view. */
  public static boolean enters(Actor actor) {
    return actor.visibleShare(0) <= OUTSIDE;
  }

  /** Returns whether an actor goes out of view. */
  public static boolean leaves(Actor actor) {
    return actor.visibleShare(FRAMES - 1) <= OUTSIDE;
  }

  static boolean counts(Actor actor) {
    int frames = 0;
    for (int second = 0; second < FRAMES; second++) {
      frames += actor.visibleShare(second) >= SEEN ? 1 : 0;
    }
    return frames >= LONG_ENOUGH;
  }

  /**
   * For an actor that is cut by the frame's edge at the beginning or the end, entering is neither
   * true nor false.
   */
  static boolean clear(Actor actor) {
    return clear(actor.visibleShare(0)) && clear(actor.visibleShare(FRAMES - 1));
  }

  private static boolean clear(double share) {
    return share <= OUTSIDE || share >= INSIDE;
  }
}
