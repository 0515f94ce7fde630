package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** All cross-attention layers of a model, and the blocks to which they belong. */
public final class CrossAttention {

  private final int latents;
  private final CrossAttentionKind kind;
  private final List<Integer> places;
  private final List<GatedCrossAttention> layers = new ArrayList<>();
  private final List<GraftedBlock> grafted = new ArrayList<>();

  /**
   * Builds the layers.
   *
   * @param latents visual tokens in a medium
   */
  public CrossAttention(
      CrossAttentionConfig config, DecoderConfig decoder, int latents, Parameters parameters) {
    this.latents = latents;
    kind = config.kind();
    places = config.blocks(decoder.layers());
    for (int i = 0; i < places.size(); i++) {
      Parameters scope = parameters.in("layers." + i);
      layers.add(new GatedCrossAttention(config, decoder.width(), scope));
      if (kind == CrossAttentionKind.GRAFTING) {
        grafted.add(new GraftedBlock(decoder, config.gated(), scope));
      }
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

  /** Returns the blocks behind the language model's own. */
  List<GraftedBlock> grafted() {
    return grafted;
  }

  /** Returns what a block of the language model reads. */
  Tensor before(int block, Tensor x, VisualInput visual) {
    return kind == CrossAttentionKind.GATED_DENSE ? at(places.indexOf(block), x, visual) : x;
  }

  /** Returns what a block of the language model feeds forward. */
  Tensor within(int block, Tensor x, VisualInput visual) {
    return kind == CrossAttentionKind.VANILLA ? at(places.indexOf(block), x, visual) : x;
  }

  /** Returns what a grafted block reads. */
  Tensor beforeGrafted(int block, Tensor x, VisualInput visual) {
    return at(block, x, visual);
  }

  private Tensor at(int layer, Tensor x, VisualInput visual) {
    if (layer < 0) {
      return x;
    }
    KeysValues keysValues = visual.keysValues().get(layer);
    Chunks chunks = visual.chunks();
    return chunks == null
        ? layers.get(layer).apply(x, keysValues, visual.visibility(), latents)
        : layers.get(layer).apply(x, keysValues, chunks);
  }
}
