package dev.flamingo.model.nn;

/**
 * The shape of the language model.
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
 */
public record DecoderConfig(
    int vocabulary, int width, int layers, int heads, int inner, int context, boolean smearedKeys) {

  /** Returns the width of one head. */
  public int headWidth() {
    return width / heads;
  }
}
