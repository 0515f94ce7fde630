package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the text may look at.
 *
 * @param keysValues for every cross-attention layer the keys and values of {@code media * latents}
 *     visual tokens; with chunks, of the latents of every medium {@code [media, heads, latents,
 *     head width]}
 * @param visibility 1 where a token sees a medium, 0 where not {@code [batch, tokens, media]}: see
 *     {@link MediaVisibility}
 * @param chunks the same sorted by media, for long text with many of them; null to go by visibility
 */
public record VisualInput(List<KeysValues> keysValues, Tensor visibility, @Nullable Chunks chunks) {

  /** Makes an input that goes by visibility. */
  public VisualInput(List<KeysValues> keysValues, Tensor visibility) {
    this(keysValues, visibility, null);
  }
}
