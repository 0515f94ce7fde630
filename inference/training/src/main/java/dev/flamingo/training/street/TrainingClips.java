package dev.flamingo.training.street;

import dev.flamingo.ingest.street.Colour;
import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.ingest.street.StreetClipSampler;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The clips that a run learns from, and its dice. Both depend on the run's seed, a purpose and the
 * step alone, so that an interrupted run goes on as if nothing had been.
 */
final class TrainingClips {

  private static final double STAGED = 0.3;
  private static final double REPAINTED = 0.4;
  private static final long NEXT = 1L << 41;

  private final long seed;
  private final boolean withholding;
  private final StreetClipSampler sampler;

  TrainingClips(long seed) {
    this(seed, false);
  }

  /**
   * Makes the clips of a run.
   *
   * @param withholding whether clips with a held-out pair of colour and kind are left out, and the
   *     others show some things in colours without a name
   */
  TrainingClips(long seed, boolean withholding) {
    this.seed = seed;
    this.withholding = withholding;
    sampler = StreetSplit.training(seed, STAGED);
  }

  /** Returns the clip of a number. */
  StreetClip clip(long number) {
    StreetClip clip = sampler.sample(number);
    for (long other = number + NEXT; withholding && showsHeldOut(clip); other += NEXT) {
      clip = sampler.sample(other);
    }
    return withholding ? repainted(clip, new SplittableRandom(clip.look())) : clip;
  }

  /** Returns clips that hardly ever come again. */
  List<StreetClip> some(String purpose, int step, int count) {
    SplittableRandom random = random(purpose, step);
    return IntStream.range(0, count).mapToObj(i -> clip(random.nextLong(1L << 40))).toList();
  }

  /** What has been seen in any colour is known by its shape. */
  private static StreetClip repainted(StreetClip clip, SplittableRandom random) {
    return clip.with(
        clip.actors().stream()
            .map(actor -> random.nextDouble() < REPAINTED ? actor.painted(Colour.UNNAMED) : actor)
            .toList());
  }

  private static boolean showsHeldOut(StreetClip clip) {
    return clip.actors().stream()
        .anyMatch(actor -> StreetSplit.heldOut(actor.colour(), actor.kind()));
  }

  SplittableRandom random(String purpose, int step) {
    return new SplittableRandom((seed * 31 + purpose.hashCode()) * 1_000_003 + step);
  }
}
