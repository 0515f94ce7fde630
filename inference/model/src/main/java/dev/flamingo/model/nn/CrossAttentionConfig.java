package dev.flamingo.model.nn;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The shape of the cross-attention layers.
 *
 * @param every one layer for every so many blocks of the language model
 * @param visual width of the visual tokens
 * @param heads number of attention heads
 * @param headWidth width of one head
 * @param activation of the feed-forward layers
 * @param first the block that has the first layer: 0 in the paper, {@code every - 1} in
 *     OpenFlamingo
 * @param kind where layers stand and what they consist of
 * @param gated whether what they add goes through a tanh gate that starts at 0. The paper does not
 *     say whether its vanilla and grafted layers had gates
 * @param sees which media a token attends to
 */
public record CrossAttentionConfig(
    int every,
    int visual,
    int heads,
    int headWidth,
    Activation activation,
    int first,
    CrossAttentionKind kind,
    boolean gated,
    MediaVisibility sees) {

  /** Makes the paper's GATED XATTN-DENSE, the first before block 0. */
  public CrossAttentionConfig(
      int every, int visual, int heads, int headWidth, Activation activation) {
    this(
        every,
        visual,
        heads,
        headWidth,
        activation,
        0,
        CrossAttentionKind.GATED_DENSE,
        true,
        MediaVisibility.LAST);
  }

  /**
   * Checks the places.
   *
   * @throws IllegalArgumentException if they name no block
   */
  public CrossAttentionConfig {
    if (every < 1 || first < 0) {
      throw new IllegalArgumentException(
          "cross-attention from block %d at every %d blocks is nowhere: begin at 0 or later, every 1 or more"
              .formatted(first, every));
    }
  }

  /**
   * Returns the blocks that have a layer.
   *
   * @param layers blocks of the language model
   */
  public List<Integer> blocks(int layers) {
    return IntStream.iterate(first, block -> block < layers, block -> block + every)
        .boxed()
        .toList();
  }

  /**
   * Returns the number of blocks behind the language model's own.
   *
   * @param layers blocks of the language model
   */
  public int grafted(int layers) {
    return kind == CrossAttentionKind.GRAFTING ? blocks(layers).size() : 0;
  }

  /** Returns these layers at other blocks. */
  public CrossAttentionConfig at(int block, int andEvery) {
    return new CrossAttentionConfig(
        andEvery, visual, heads, headWidth, activation, block, kind, gated, sees);
  }

  /**
   * Returns a single layer at the middle block.
   *
   * @param layers blocks of the language model
   */
  public CrossAttentionConfig inTheMiddleOf(int layers) {
    return at(layers / 2, layers);
  }

  /** Returns layers of another kind. */
  public CrossAttentionConfig as(CrossAttentionKind other) {
    return new CrossAttentionConfig(
        every, visual, heads, headWidth, activation, first, other, gated, sees);
  }

  /** Returns these layers with or without gates. */
  public CrossAttentionConfig gated(boolean withGates) {
    return new CrossAttentionConfig(
        every, visual, heads, headWidth, activation, first, kind, withGates, sees);
  }

  /** Returns these layers attending to other media. */
  public CrossAttentionConfig seeing(MediaVisibility media) {
    return new CrossAttentionConfig(
        every, visual, heads, headWidth, activation, first, kind, gated, media);
  }
}
