package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Tensor;

/**
 * What attention looks at, kept so that it is computed once; as a past it grows with every token.
 *
 * @param keys {@code [batch, heads, tokens, head width]}
 * @param values {@code [batch, heads, tokens, head width]}
 */
public record KeysValues(Tensor keys, Tensor values) implements Past {

  @Override
  public KeysValues followedBy(KeysValues next) {
    return new KeysValues(keys.concat(next.keys, 2), values.concat(next.values, 2));
  }
}
