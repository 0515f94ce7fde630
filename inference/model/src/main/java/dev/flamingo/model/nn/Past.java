package dev.flamingo.model.nn;

/**
 * The keys and values of earlier tokens in one block, and the place of those that follow: behind
 * them, or in slots that are already there.
 */
public interface Past {

  /**
   * Returns the keys and values of all tokens so far.
   *
   * @param next those of the tokens that are being read {@code [batch, heads, tokens, head width]}
   */
  KeysValues followedBy(KeysValues next);
}
