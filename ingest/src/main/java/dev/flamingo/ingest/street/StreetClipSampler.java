package dev.flamingo.ingest.street;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;

/** Draws clips by chance. A clip depends on the seed and its number alone. */
public final class StreetClipSampler {

  private static final double[] ACTORS = {.04, .23, .52, .81, 1};
  private static final double NIGHT = .4;
  private static final double RAIN = .35;
  private static final double LIGHT_CHANGES = .45;
  private static final double GAP = 3;
  private static final int TRIES = 200;

  private final long seed;
  private final double staged;
  private final BiPredicate<Colour, ActorKind> allowed;

  /**
   * Prepares to draw.
   *
   * @param staged the share of clips in which actors come one after another, so that there is a
   *     first and one enters or leaves
   * @param allowed which pairs of colour and kind may be drawn
   */
  public StreetClipSampler(long seed, double staged, BiPredicate<Colour, ActorKind> allowed) {
    this.seed = seed;
    this.staged = staged;
    this.allowed = allowed;
  }

  /** Prepares to draw any pair of colour and kind. */
  public StreetClipSampler(long seed, double staged) {
    this(seed, staged, (colour, kind) -> true);
  }

  /** Returns a clip. */
  public StreetClip sample(long number) {
    SplittableRandom random = new SplittableRandom(mix(seed) + number);
    double die = random.nextDouble();
    int count = 0;
    while (die > ACTORS[count]) {
      count++;
    }
    boolean stage = random.nextDouble() < staged;
    List<Actor> actors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      add(actors, stage, random);
    }
    int change = random.nextDouble() < LIGHT_CHANGES ? random.nextInt(2, 7) : 0;
    return new StreetClip(
        actors,
        random.nextBoolean() ? Light.RED : Light.GREEN,
        change,
        random.nextDouble() < NIGHT,
        random.nextDouble() < RAIN,
        random.nextLong());
  }

  private void add(List<Actor> actors, boolean stage, SplittableRandom random) {
    for (int i = 0; i < TRIES; i++) {
      Actor actor = draw(stage, random);
      boolean fits =
          allowed.test(actor.colour(), actor.kind())
              && StreetClip.counts(actor)
              && StreetClip.clear(actor)
              && (!stage || moves(actor))
              && actors.stream().noneMatch(other -> meet(actor, other));
      if (fits) {
        actors.add(actor);
        return;
      }
    }
  }

  private static boolean moves(Actor actor) {
    return StreetClip.enters(actor) || StreetClip.leaves(actor);
  }

  private static Actor draw(boolean stage, SplittableRandom random) {
    ActorKind kind = pick(ActorKind.values(), random);
    Colour colour = Colour.NAMED.get(random.nextInt(Colour.NAMED.size()));
    Track track = track(kind, random.nextBoolean());
    int way = stage ? random.nextInt(2) * 2 - 1 : random.nextInt(3) - 1;
    double speed = way * random.nextDouble(kind.slowest(), kind.fastest());
    double anchor = random.nextDouble(0, StreetClip.FRAMES - 1);
    double there = random.nextDouble(0, Actor.FRAME);
    return new Actor(
        kind,
        colour,
        track,
        there - speed * anchor,
        way == 0 ? 0 : speed,
        random.nextDouble(.86, 1.14),
        random.nextBoolean(),
        random.nextInt());
  }

  private static <T> T pick(T[] choices, SplittableRandom random) {
    return choices[random.nextInt(choices.length)];
  }

  private static Track track(ActorKind kind, boolean near) {
    if (kind.onRoad()) {
      return near ? Track.NEAR_LANE : Track.FAR_LANE;
    }
    return near ? Track.NEAR_PAVEMENT : Track.FAR_PAVEMENT;
  }

  private static boolean meet(Actor a, Actor b) {
    if (a.track() != b.track()) {
      return false;
    }
    double room = (a.width() + b.width()) / 2 + GAP;
    double first = a.x(0) - b.x(0);
    double last = a.x(StreetClip.FRAMES - 1) - b.x(StreetClip.FRAMES - 1);
    return Math.signum(first) != Math.signum(last)
        || Math.min(Math.abs(first), Math.abs(last)) < room;
  }

  // Neighbouring seeds must not give neighbouring streams.
  private static long mix(long seed) {
    return new SplittableRandom(seed).nextLong();
  }
}
