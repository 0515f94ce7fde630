package dev.flamingo.model.serving;

import java.nio.FloatBuffer;

/**
 * The log-probabilities of every token of the vocabulary as the next one.
 *
 * @param scores of one or more places {@code [places, vocabulary]}
 * @param offset where this place begins
 * @param vocabulary number of tokens
 * @param normalizer the logarithm of the sum of all exponentials
 */
record NextToken(FloatBuffer scores, int offset, int vocabulary, double normalizer) {

  /**
   * Looks at one place.
   *
   * @throws IllegalStateException if a score is no number
   */
  static NextToken at(FloatBuffer scores, int place, int vocabulary) {
    int offset = place * vocabulary;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < vocabulary; i++) {
      // Math.max hands on what is no number.
      highest = Math.max(highest, scores.get(offset + i));
    }
    if (!Double.isFinite(highest)) {
      throw new IllegalStateException(
          "the language model returned no finite score: its weights are damaged");
    }
    double sum = 0;
    for (int i = 0; i < vocabulary; i++) {
      sum += Math.exp(scores.get(offset + i) - highest);
    }
    return new NextToken(scores, offset, vocabulary, highest + Math.log(sum));
  }

  /** Returns the natural logarithm of a token's probability. */
  double logProbability(int token) {
    return scores.get(offset + token) - normalizer;
  }
}
