package dev.flamingo.training.objective;

import java.util.List;

/**
 * Sequences of tokens, padded to the longest.
 *
 * @param rows number of sequences
 * @param length tokens in each, padding counted
 * @param tokens {@code [rows, length]}
 * @param weights how much the prediction of each token counts {@code [rows, length]}; 0 for padding
 *     and for what is given, and for the first token, which nothing predicts
 */
public record TextBatch(int rows, int length, long[] tokens, float[] weights) {

  /**
   * One sequence.
   *
   * @param tokens its ids
   * @param learntFrom the place of the first token whose prediction counts
   */
  public record Sequence(long[] tokens, int learntFrom) {}

  /** Pads sequences behind their ends. */
  public static TextBatch of(List<Sequence> sequences, long padding) {
    int length = sequences.stream().mapToInt(s -> s.tokens().length).max().orElseThrow();
    long[] tokens = new long[sequences.size() * length];
    float[] weights = new float[tokens.length];
    java.util.Arrays.fill(tokens, padding);
    for (int row = 0; row < sequences.size(); row++) {
      Sequence sequence = sequences.get(row);
      for (int i = 0; i < sequence.tokens().length; i++) {
        tokens[row * length + i] = sequence.tokens()[i];
        weights[row * length + i] = i >= Math.max(1, sequence.learntFrom()) ? 1 : 0;
      }
    }
    return new TextBatch(sequences.size(), length, tokens, weights);
  }
}
