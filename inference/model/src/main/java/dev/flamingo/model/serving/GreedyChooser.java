package dev.flamingo.model.serving;

import java.nio.FloatBuffer;

/** Chooses the most probable token that can stand in an answer: a word, or an end. */
final class GreedyChooser {

  private final SpeakableTokens speakable;

  GreedyChooser(SpeakableTokens speakable) {
    this.speakable = speakable;
  }

  /**
   * Chooses from a row of scores.
   *
   * @throws IllegalStateException if no score is a number
   */
  TokenChoice choose(FloatBuffer logits, int row) {
    NextToken next = NextToken.at(logits, row, speakable.vocabulary());
    int best = -1;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < speakable.vocabulary(); i++) {
      double score = next.logProbability(i);
      if (!speakable.isBarred(i) && (best < 0 || score > highest)) {
        highest = score;
        best = i;
      }
    }
    return new TokenChoice(best, Math.exp(highest), speakable.ends(best));
  }
}
