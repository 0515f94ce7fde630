package dev.flamingo.training.street;

import dev.flamingo.ingest.street.ActorKind;
import dev.flamingo.ingest.street.Colour;
import dev.flamingo.ingest.street.StreetClipSampler;
import java.util.Map;

/**
 * Which clips are for training, for thresholds and for evaluation: with seeds of 0 to 2^32 - 1 they
 * never share one.
 */
public final class StreetSplit {

  private static final long TRAINING = 0x7261696e;
  private static final long TEST = 0x74657374;
  private static final long BALANCE = 0x62616c;
  private static final long VALIDATION = 0x76616c69;
  private static final int BALANCE_CLIPS = 8_000;

  // Two colours a kind would leave a kind without a way to learn its shape; one each for four is
  // enough to report.
  private static final Map<ActorKind, Colour> HELD_OUT =
      Map.of(
          ActorKind.CAR, Colour.GREEN,
          ActorKind.BUS, Colour.YELLOW,
          ActorKind.BICYCLE, Colour.BLUE,
          ActorKind.DOG, Colour.WHITE);

  private StreetSplit() {}

  /** Returns the clips of a training run. */
  public static StreetClipSampler training(long seed, double staged) {
    return new StreetClipSampler(seed ^ TRAINING << 32, staged);
  }

  /** Returns the clips of an evaluation. */
  public static StreetClipSampler test(long seed) {
    return new StreetClipSampler(seed ^ TEST << 32, 0.3);
  }

  /** Returns the clips that thresholds are fitted on. */
  public static StreetClipSampler validation(long seed) {
    return new StreetClipSampler(seed ^ VALIDATION << 32, 0.3);
  }

  /** Returns the balance that training and evaluation share. */
  public static QuestionBalance balance() {
    return QuestionBalance.count(
        new StreetGrammar(), new StreetClipSampler(BALANCE, 0.3), BALANCE_CLIPS);
  }

  /**
   * Returns whether a pair of colour and kind is one of the combinations that are reported apart.
   */
  public static boolean heldOut(Colour colour, ActorKind kind) {
    return HELD_OUT.get(kind) == colour;
  }
}
