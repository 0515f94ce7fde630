package dev.flamingo.model.serving;

import dev.flamingo.model.serving.GeneratedAnswer.Finish;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A possible answer, finished or not.
 *
 * @param row where the batch holds what it goes on from
 * @param words its tokens without an end
 * @param chosen its tokens, an end included
 * @param logLikelihood sum of their log-probabilities
 * @param probabilities sum of their probabilities
 * @param finish why it ended, null where it goes on
 */
record Hypothesis(
    int row,
    long[] words,
    int chosen,
    double logLikelihood,
    double probabilities,
    @Nullable Finish finish) {

  static Hypothesis empty(int row) {
    return new Hypothesis(row, new long[0], 0, 0, 0, null);
  }

  Hypothesis ended(double logProbability) {
    return new Hypothesis(
        row,
        words,
        chosen + 1,
        logLikelihood + logProbability,
        probabilities + Math.exp(logProbability),
        Finish.STOP);
  }

  Hypothesis followedBy(long token, double logProbability) {
    long[] longer = Arrays.copyOf(words, words.length + 1);
    longer[words.length] = token;
    return new Hypothesis(
        row,
        longer,
        chosen + 1,
        logLikelihood + logProbability,
        probabilities + Math.exp(logProbability),
        null);
  }

  Hypothesis as(Finish reason) {
    return new Hypothesis(row, words, chosen, logLikelihood, probabilities, reason);
  }

  Hypothesis in(int place) {
    return new Hypothesis(place, words, chosen, logLikelihood, probabilities, finish);
  }

  long lastWord() {
    return words[words.length - 1];
  }
}
