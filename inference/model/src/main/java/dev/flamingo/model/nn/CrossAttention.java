package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** All gated cross-attention layers of a model, and the blocks before which they stand. */
public final class CrossAttention {

  private final int every;
  private final int latents;
  private final List<GatedCrossAttention> layers = new ArrayList<>();

  /**
   * Builds the layers.
   *
   * @param latents visual tokens in a medium
   */
  public CrossAttention(
      CrossAttentionConfig config, DecoderConfig decoder, int latents, Parameters parameters) {
    this.latents = latents;
    every = config.every();
    for (int i = 0; i < decoder.layers(); i += every) {
      Parameters scope = parameters.in("layers." + layers.size());
      layers.add(new GatedCrossAttention(config, decoder.width(), scope));
    }
  }

  /**
   * Returns the keys and values of visual tokens for every layer.
   *
   * @param visual {@code [batch, media * latents, width]}
   */
  public List<KeysValues> keysValues(Tensor visual) {
    return layers.stream().map(layer -> layer.keysValues(visual)).toList();
  }

  Tensor before(int block, Tensor x, VisualInput visual) {
    if (block % every != 0) {
      return x;
    }
    int layer = block / every;
    return layers.get(layer).apply(x, visual.keysValues().get(layer), visual.visibility(), latents);
  }
}
