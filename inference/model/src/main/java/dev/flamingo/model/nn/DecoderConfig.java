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
 */
public record DecoderConfig(
    int vocabulary, int width, int layers, int heads, int inner, int context) {

  /** Returns the width of one head. */
  public int headWidth() {
    return width / heads;
  }
}
