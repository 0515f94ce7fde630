package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Tensor;

/**
 * Attention heads: so many slices of the width, each attending on its own.
 *
 * @param count number of heads
 * @param width width of one head
 */
record Heads(int count, int width) {

  /** Returns the width of all heads together. */
  int total() {
    return count * width;
  }

  /** {@code [batch, tokens, heads * width]} to {@code [batch, heads, tokens, width]}. */
  Tensor split(Tensor x) {
    return x.reshape(0, 0, count, width).transpose(0, 2, 1, 3);
  }

  /** {@code [batch, heads, tokens, width]} to {@code [batch, tokens, heads * width]}. */
  Tensor join(Tensor x) {
    return x.transpose(0, 2, 1, 3).reshape(0, 0, total());
  }

  /** Returns how well every query fits every key: {@code [batch, heads, queries, keys]}. */
  Tensor scores(Tensor queries, Tensor keys) {
    return queries.mul(1 / Math.sqrt(width)).matmul(keys.transpose(0, 1, 3, 2));
  }
}
