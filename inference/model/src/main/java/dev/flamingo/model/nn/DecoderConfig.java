package dev.flamingo.model.nn;

/**
 * The shape of the language model: root-mean-square norms, rotary positions, embeddings that are
 * also the output layer. The paper's Chinchilla (arXiv 2203.15556) has such norms and feed-forward
 * layers of GELU without a gate; its relative positions, which have a matrix of their own in every
 * block, are rotary here.
 *
 * @param vocabulary number of tokens it knows
 * @param width width of a token
 * @param layers number of blocks
 * @param heads number of attention heads; a head is {@code width / heads} wide
 * @param inner width inside the feed-forward layers
 * @param context the longest sequence, in tokens
 * @param smearedKeys whether a key also carries a learnt share of the key before it, so that a
 *     token can be found by what it follows: with it a small model learns to repeat in context what
 *     it saw once, which it otherwise hardly does
 * @param activation of the feed-forward layers
 * @param gatedFeedForward whether the activated half of a feed-forward layer gates the other: with
 *     SILU this is SwiGLU
 */
public record DecoderConfig(
    int vocabulary,
    int width,
    int layers,
    int heads,
    int inner,
    int context,
    boolean smearedKeys,
    Activation activation,
    boolean gatedFeedForward) {

  /** Makes a decoder with SwiGLU feed-forward layers. */
  public DecoderConfig(
      int vocabulary,
      int width,
      int layers,
      int heads,
      int inner,
      int context,
      boolean smearedKeys) {
    this(vocabulary, width, layers, heads, inner, context, smearedKeys, Activation.SILU, true);
  }

  /** Returns the width of one head. */
  public int headWidth() {
    return width / heads;
  }
}
