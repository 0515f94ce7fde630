package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The Perceiver Resampler (section 2.1, appendix A.1.1): learnt latents attend to the frames'
 * features and to themselves. The paper is silent on normalisation; as in the open implementations,
 * media and latents are normalised before attention, and the result.
 */
public final class PerceiverResampler implements Resampler {

  private final int width;
  private final Tensor latents;
  private final TimedFeatures timed;
  private final List<ResamplerLayer> layers = new ArrayList<>();
  private final LayerNorm norm;

  /** Builds the resampler from its parameters, named as OpenFlamingo's checkpoints name them. */
  public PerceiverResampler(ResamplerConfig config, Parameters parameters) {
    width = config.width();
    latents = parameters.get("latents", Init.normal(1), config.latents(), width);
    timed = new TimedFeatures(config, parameters);
    for (int i = 0; i < config.depth(); i++) {
      layers.add(new ResamplerLayer(config, parameters.in("layers." + i)));
    }
    norm = new LayerNorm(parameters.in("norm"), width);
  }

  @Override
  public Tensor apply(Tensor features, Tensor timeWeights) {
    Tensor x = timed.apply(features, timeWeights).reshape(0, -1, width);
    Tensor tokens = latents.repeatForBatchOf(x);
    for (ResamplerLayer layer : layers) {
      tokens = layer.apply(x, tokens);
    }
    return norm.apply(tokens);
  }
}
