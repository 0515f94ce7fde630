package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The MLP of Table 3, on which the paper gives no details: residual feed-forward layers on every
 * feature by itself, then every visual token is a learnt linear mix of a frame's patches, and the
 * mean over the frames. The mix is learnt once per time embedding and interpolated as they are, so
 * that windows may have any number of frames; the number of patches is fixed.
 */
public final class MlpResampler implements Resampler {

  private final ResamplerConfig config;
  private final int patches;
  private final TimedFeatures timed;
  private final List<FeedForward> layers = new ArrayList<>();
  private final Tensor mix;
  private final LayerNorm norm;

  /**
   * Builds the resampler from its parameters.
   *
   * @param patches features of one frame
   */
  public MlpResampler(ResamplerConfig config, int patches, Parameters parameters) {
    this.config = config;
    this.patches = patches;
    timed = new TimedFeatures(config, parameters);
    for (int i = 0; i < config.depth(); i++) {
      layers.add(
          new FeedForward(parameters.in("layers." + i), config.width(), config.activation()));
    }
    mix =
        parameters.get(
            "mix",
            Init.linear(patches),
            Math.max(1, config.frames()),
            (long) config.latents() * patches);
    norm = new LayerNorm(parameters.in("norm"), config.width());
  }

  @Override
  public Tensor apply(Tensor features, Tensor timeWeights) {
    Tensor x = timed.apply(features, timeWeights);
    for (FeedForward layer : layers) {
      x = x.add(layer.apply(x));
    }
    Tensor mixes = config.frames() == 0 ? mix : timeWeights.matmul(mix);
    Tensor tokens = mixes.reshape(-1, config.latents(), patches).matmul(x);
    return norm.apply(tokens.mean(1).reshape(0, -1, config.width()));
  }
}
