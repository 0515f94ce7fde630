package dev.flamingo.model.serving;

import dev.flamingo.model.bundle.SpecialTokens;
import dev.flamingo.model.bundle.Tokenizer;
import java.nio.FloatBuffer;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses the most probable token that can stand in an answer: a word, or an end. */
final class GreedyChooser {

  private final int vocabulary;
  private final Set<Long> ends;
  private final boolean[] barred;

  GreedyChooser(Tokenizer tokenizer, int vocabulary) {
    this.vocabulary = vocabulary;
    SpecialTokens special = tokenizer.specialTokens();
    ends = Set.of(tokenizer.id(special.end()), tokenizer.id(special.endOfChunk()));
    Set<Long> others = special.all().stream().map(tokenizer::id).collect(Collectors.toSet());
    others.removeAll(ends);
    barred = new boolean[vocabulary];
    for (long id : others) {
      if (id < vocabulary) {
        barred[(int) id] = true;
      }
    }
  }

  /**
   * Chooses from a row of scores.
   *
   * @throws IllegalStateException if no score is a number
   */
  TokenChoice choose(FloatBuffer logits, int row) {
    int best = -1;
    float highest = Float.NEGATIVE_INFINITY;
    float highestOfAll = Float.NEGATIVE_INFINITY;
    int offset = row * vocabulary;
    for (int i = 0; i < vocabulary; i++) {
      float score = logits.get(offset + i);
      highestOfAll = Math.max(highestOfAll, score);
      if (!barred[i] && score > highest) {
        highest = score;
        best = i;
      }
    }
    if (best < 0 || Float.isNaN(highestOfAll)) {
      throw new IllegalStateException(
          "the language model returned no finite score: its weights are damaged");
    }
    double sum = 0;
    for (int i = 0; i < vocabulary; i++) {
      sum += Math.exp(logits.get(offset + i) - highestOfAll);
    }
    double probability = Math.exp(highest - highestOfAll) / sum;
    return new TokenChoice(best, probability, ends.contains((long) best));
  }
}
