package dev.flamingo.model.serving;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Closed-ended answers: how probable each of some given answers is. The prompt is read once, and
 * all candidates go on from its keys and values. Safe for use by several threads.
 */
public final class CandidateScorer {

  /** Bounds the memory of one run; more candidates take several. */
  private static final int MAX_BATCH = 16;

  private final LanguageModel model;

  CandidateScorer(LanguageModel model) {
    this.model = model;
  }

  /**
   * Returns the log-likelihood of every candidate after a prompt: the sum over its tokens of the
   * natural logarithm of their probabilities. It is not divided by the length; the paper ranks
   * whole candidates.
   *
   * @param candidates ids as {@link PromptTemplate#continuation} makes them: with the end of the
   *     chunk, so that a candidate that begins another one is not favoured
   * @throws IllegalArgumentException if a candidate is empty or does not fit the model's context
   */
  public double[] score(MediaPrompt prompt, List<long[]> candidates) {
    model.check(prompt.prompt());
    candidates.forEach(candidate -> check(prompt.prompt(), candidate));
    double[] scores = new double[candidates.size()];
    if (scores.length == 0) {
      return scores;
    }
    try (DecodingBatch context = model.begin(List.of(prompt))) {
      NextToken first = next(context.prefill(), 0);
      for (int i = 0; i < scores.length; i++) {
        scores[i] = first.logProbability((int) candidates.get(i)[0]);
      }
      for (int from = 0; from < scores.length; from += MAX_BATCH) {
        addRest(context, candidates, scores, from, Math.min(scores.length, from + MAX_BATCH));
      }
    }
    return scores;
  }

  /**
   * Returns the mean log-likelihood of every candidate over several prompts: such as the same shots
   * in several orders, see {@link Shot#orders}.
   *
   * @throws IllegalArgumentException as {@link #score}, and if there is no prompt
   */
  public double[] ensemble(List<MediaPrompt> prompts, List<long[]> candidates) {
    if (prompts.isEmpty()) {
      throw new IllegalArgumentException("there is no prompt to score after: give at least one");
    }
    double[] mean = new double[candidates.size()];
    for (MediaPrompt prompt : prompts) {
      double[] scores = score(prompt, candidates);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += scores[i] / prompts.size();
      }
    }
    return mean;
  }

  private void check(Prompt prompt, long[] candidate) {
    if (candidate.length == 0) {
      throw new IllegalArgumentException("a candidate has no token: give each a word");
    }
    model.checkTokens(candidate);
    int context = model.config().context();
    // The last token is scored and not read.
    if (prompt.length() + candidate.length - 1 > context) {
      throw new IllegalArgumentException(
          "a candidate of %d tokens does not fit behind a prompt of %d in the model's %d: shorten one"
              .formatted(candidate.length, prompt.length(), context));
    }
  }

  private void addRest(
      DecodingBatch context, List<long[]> candidates, double[] scores, int from, int to) {
    long[][] read = new long[to - from][];
    for (int i = from; i < to; i++) {
      long[] candidate = candidates.get(i);
      read[i - from] = Arrays.copyOf(candidate, candidate.length - 1);
    }
    int longest = Arrays.stream(read).mapToInt(tokens -> tokens.length).max().orElse(0);
    if (longest == 0) {
      return;
    }
    try (DecodingBatch batch = context.fork(new int[read.length])) {
      FloatBuffer after = batch.finish(read);
      for (int row = 0; row < read.length; row++) {
        long[] candidate = candidates.get(from + row);
        for (int i = 1; i < candidate.length; i++) {
          NextToken next = next(after, row * longest + i - 1);
          scores[from + row] += next.logProbability((int) candidate[i]);
        }
      }
    }
  }

  private NextToken next(FloatBuffer scores, int place) {
    return NextToken.at(scores, place, model.config().vocabulary());
  }
}
