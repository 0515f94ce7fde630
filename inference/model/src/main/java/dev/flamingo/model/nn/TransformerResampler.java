package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The vanilla transformer of Table 3: latents stand before all frames' features, all attend to all
 * in every layer, and what the latents have become is the result. It has as many parameters as a
 * Perceiver Resampler of the same depth and costs more with every feature. The paper gives no
 * details; normalisation is that of {@link PerceiverResampler}.
 */
public final class TransformerResampler implements Resampler {

  private final int width;
  private final int count;
  private final Tensor latents;
  private final TimedFeatures timed;
  private final List<TransformerLayer> layers = new ArrayList<>();
  private final LayerNorm norm;

  /** Builds the resampler from its parameters. */
  public TransformerResampler(ResamplerConfig config, Parameters parameters) {
    width = config.width();
    count = config.latents();
    latents = parameters.get("latents", Init.normal(1), count, width);
    timed = new TimedFeatures(config, parameters);
    for (int i = 0; i < config.depth(); i++) {
      layers.add(new TransformerLayer(config, parameters.in("layers." + i)));
    }
    norm = new LayerNorm(parameters.in("norm"), width);
  }

  @Override
  public Tensor apply(Tensor features, Tensor timeWeights) {
    Tensor x = timed.apply(features, timeWeights).reshape(0, -1, width);
    Tensor all = latents.repeatForBatchOf(x).concat(x, 1);
    for (TransformerLayer layer : layers) {
      all = layer.apply(all);
    }
    return norm.apply(all.slice(1, 0, count));
  }
}
