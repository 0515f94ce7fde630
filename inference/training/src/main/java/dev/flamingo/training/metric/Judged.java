package dev.flamingo.training.metric;

/**
 * A score beside the truth.
 *
 * @param score the model's, higher where it believes
 * @param positive what is true
 * @param weight how much it counts, above 0
 */
public record Judged(double score, boolean positive, double weight) {

  /** Judges something that counts once. */
  public Judged(double score, boolean positive) {
    this(score, positive, 1);
  }
}
