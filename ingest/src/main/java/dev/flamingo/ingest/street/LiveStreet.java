package dev.flamingo.ingest.street;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The street without an end: actors come, some stop for a while, and go; the light and the weather
 * change, and night follows day within minutes. What is seen at a second depends on the seed and
 * the second alone.
 *
 * <p>Not thread-safe.
 */
public final class LiveStreet {

  /**
   * Time in which each track has at most one visitor; the slowest crosses the street and rests
   * within it.
   */
  private static final int VISIT = 46;

  private static final double VISITED = 0.95;
  private static final double RESTS = 0.45;
  private static final int DAY_AND_NIGHT = 300;
  private static final int DAY = 180;
  private static final int WEATHER = 75;
  private static final double RAIN = 0.35;
  private static final int LIGHT = 16;

  private final long seed;
  private final StreetRenderer renderer;

  /**
   * Opens the street.
   *
   * @param seed which street
   * @param size side of the square frames in pixels
   */
  public LiveStreet(long seed, int size) {
    this.seed = seed;
    renderer = new StreetRenderer(size);
  }

  /**
   * Draws a second.
   *
   * @param second since the street began, not negative
   * @param rgb receives {@code size * size} pixels of three bytes: red, green, blue
   */
  public void draw(long second, byte[] rgb) {
    List<Actor> actors = new ArrayList<>();
    int offset = 0;
    for (Track track : Track.values()) {
      // Tracks take turns, so that the street is seldom empty.
      long moved = second + offset;
      offset += VISIT / Track.values().length;
      SplittableRandom random = random(track.name(), moved / VISIT);
      if (random.nextDouble() < VISITED) {
        actors.add(visitor(track, moved % VISIT, second, random));
      }
    }
    long lights = second / LIGHT;
    boolean changed = second % LIGHT >= random("light", lights).nextInt(LIGHT / 2);
    renderer.render(
        new StreetRenderer.Scene(
            actors,
            (lights % 2 == 0) == changed ? Light.GREEN : Light.RED,
            second % DAY_AND_NIGHT >= DAY,
            random("rain", second / WEATHER).nextDouble() < RAIN,
            seed),
        (double) second,
        rgb);
  }

  private static Actor visitor(Track track, long elapsed, long second, SplittableRandom random) {
    ActorKind kind;
    do {
      kind = pick(ActorKind.values(), random);
    } while (kind.onRoad() != track.road());
    Actor shape =
        new Actor(
            kind,
            Colour.NAMED.get(random.nextInt(Colour.NAMED.size())),
            track,
            0,
            0,
            random.nextDouble(.9, 1.1),
            random.nextBoolean(),
            random.nextInt());
    double pace = random.nextDouble(kind.slowest(), kind.fastest());
    double way = Actor.FRAME + shape.width();
    double crossing = way / pace;
    double rest = random.nextDouble() < RESTS ? Math.min(14, VISIT - crossing - 1) : 0;
    double restsAt = random.nextDouble(.3, .7) * crossing;
    boolean resting = rest > 0 && elapsed >= restsAt && elapsed < restsAt + rest;
    double walked = elapsed < restsAt ? elapsed : Math.max(restsAt, elapsed - Math.max(0, rest));
    double x = -shape.width() / 2 + walked * pace;
    double speed = resting ? 0 : pace;
    boolean left = shape.facesLeft();
    double place = left ? Actor.FRAME - x : x;
    double velocity = left ? -speed : speed;
    return new Actor(
        kind,
        shape.colour(),
        track,
        place - velocity * (double) second,
        velocity,
        shape.size(),
        left,
        shape.look());
  }

  private static <T> T pick(T[] choices, SplittableRandom random) {
    return choices[random.nextInt(choices.length)];
  }

  private SplittableRandom random(String purpose, long slot) {
    return new SplittableRandom(
        new SplittableRandom(seed * 31 + purpose.hashCode()).nextLong() + slot * 7_919);
  }
}
