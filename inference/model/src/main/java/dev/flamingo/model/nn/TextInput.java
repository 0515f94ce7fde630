package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the language model reads in one step.
 *
 * @param tokens ids {@code [batch, tokens]}
 * @param positions places in the sequence {@code [batch, tokens]}
 * @param mask 0 where a token may attend, very negative where not {@code [batch or 1, 1, tokens,
 *     past + tokens]}
 * @param past keys and values of earlier tokens for every block, the grafted ones last; empty where
 *     there are none
 */
public record TextInput(Tensor tokens, Tensor positions, Tensor mask, List<? extends Past> past) {

  @Nullable Past past(int block) {
    return past.isEmpty() ? null : past.get(block);
  }
}
