package dev.flamingo.training.objective;

import dev.flamingo.model.serving.Prompt;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Sequences of tokens, padded to the longest.
 *
 * @param rows number of sequences
 * @param length tokens in each, padding counted
 * @param tokens {@code [rows, length]}
 * @param medium the number of the medium in its row that a token sees, -1 for none {@code [rows,
 *     length]}
 * @param weights how much the prediction of each token counts {@code [rows, length]}; 0 for padding
 *     and for what is given, and for the first token, which nothing predicts
 */
public record TextBatch(int rows, int length, long[] tokens, int[] medium, float[] weights) {

  /**
   * One sequence.
   *
   * @param tokens its ids
   * @param medium the number of the medium that each token sees, -1 for none
   * @param weights how much the prediction of each token counts
   */
  public record Sequence(long[] tokens, int[] medium, float[] weights) {

    /** Returns a prompt and how it goes on; the prompt is given, the rest is learnt. */
    public static Sequence learnt(Prompt prompt, long[] continuation) {
      int given = prompt.length();
      int last = prompt.media() - 1;
      return new Sequence(
          LongStream.concat(LongStream.of(prompt.tokens()), LongStream.of(continuation)).toArray(),
          IntStream.concat(
                  IntStream.of(prompt.medium()),
                  IntStream.generate(() -> last).limit(continuation.length))
              .toArray(),
          weights(given, given + continuation.length));
    }

    /** Returns text without any medium, all of which is learnt. */
    public static Sequence plain(long[] tokens) {
      int[] medium = new int[tokens.length];
      Arrays.fill(medium, -1);
      return new Sequence(tokens, medium, weights(0, tokens.length));
    }

    /** Returns this sequence with every token counting so much at least. */
    public Sequence counting(float least) {
      float[] more = weights.clone();
      for (int i = 0; i < more.length; i++) {
        more[i] = Math.max(more[i], least);
      }
      return new Sequence(tokens, medium, more);
    }

    /** Returns this sequence and another behind it, which sees what it saw. */
    public Sequence followedBy(Sequence next) {
      return new Sequence(
          LongStream.concat(LongStream.of(tokens), LongStream.of(next.tokens)).toArray(),
          IntStream.concat(IntStream.of(medium), IntStream.of(next.medium)).toArray(),
          concat(weights, next.weights));
    }

    /** Returns this sequence without its first tokens. */
    public Sequence from(int token) {
      return new Sequence(
          Arrays.copyOfRange(tokens, token, tokens.length),
          Arrays.copyOfRange(medium, token, medium.length),
          Arrays.copyOfRange(weights, token, weights.length));
    }

    /** Returns text without any medium, none of which is learnt. */
    public static Sequence given(long[] tokens) {
      int[] medium = new int[tokens.length];
      Arrays.fill(medium, -1);
      return new Sequence(tokens, medium, new float[tokens.length]);
    }

    private static float[] concat(float[] first, float[] second) {
      float[] both = Arrays.copyOf(first, first.length + second.length);
      System.arraycopy(second, 0, both, first.length, second.length);
      return both;
    }

    private static float[] weights(int given, int length) {
      float[] weights = new float[length];
      Arrays.fill(weights, given, length, 1);
      return weights;
    }
  }

  /** Pads sequences behind their ends. */
  public static TextBatch of(List<Sequence> sequences, long padding) {
    int length = sequences.stream().mapToInt(s -> s.tokens().length).max().orElseThrow();
    long[] tokens = new long[sequences.size() * length];
    int[] medium = new int[tokens.length];
    float[] weights = new float[tokens.length];
    Arrays.fill(tokens, padding);
    Arrays.fill(medium, -1);
    for (int row = 0; row < sequences.size(); row++) {
      Sequence sequence = sequences.get(row);
      int own = sequence.tokens().length;
      System.arraycopy(sequence.tokens(), 0, tokens, row * length, own);
      System.arraycopy(sequence.medium(), 0, medium, row * length, own);
      System.arraycopy(sequence.weights(), 1, weights, row * length + 1, own - 1);
    }
    return new TextBatch(sequences.size(), length, tokens, medium, weights);
  }
}
