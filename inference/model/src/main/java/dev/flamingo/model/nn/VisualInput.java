package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Tensor;
import java.util.List;

/**
 * What the text may look at.
 *
 * @param keysValues for every cross-attention layer the keys and values of {@code media * latents}
 *     visual tokens
 * @param visibility 1 where a token sees a medium, 0 where not {@code [batch, tokens, media]}: see
 *     {@link MediaVisibility}
 */
public record VisualInput(List<KeysValues> keysValues, Tensor visibility) {}
