package dev.flamingo.model.serving;

/**
 * How a beam search goes.
 *
 * @param width how many unfinished answers live on after every token
 * @param lengthExponent an answer's log-likelihood is divided by the number of its tokens to this
 *     power; 0 ranks whole answers and favours short ones. The paper is silent on it.
 */
public record BeamOptions(int width, double lengthExponent) {

  /** The paper's width of 3, without regard to the length. */
  public static final BeamOptions DEFAULT = new BeamOptions(3, 0);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there is no beam or the exponent is negative
   */
  public BeamOptions {
    if (width < 1 || !(lengthExponent >= 0)) {
      throw new IllegalArgumentException(
          "a beam of width %d and length exponent %s is impossible: give at least 1 and 0"
              .formatted(width, lengthExponent));
    }
  }

  double score(double logLikelihood, int tokens) {
    return logLikelihood / Math.pow(tokens, lengthExponent);
  }
}
