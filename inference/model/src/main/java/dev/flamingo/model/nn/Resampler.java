package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;

/** Any number of frames to a fixed number of visual tokens (section 2.1). */
public interface Resampler {

  /**
   * Returns the visual tokens of windows.
   *
   * @param features {@code [windows, frames, patches, input]}
   * @param timeWeights the mix of time embeddings for every frame {@code [frames, learnt]}, see
   *     {@link ResamplerConfig#timeWeights}
   * @return {@code [windows, latents, width]}
   */
  Tensor apply(Tensor features, Tensor timeWeights);

  /**
   * Builds the resampler of a configuration.
   *
   * @param patches features of one frame
   */
  static Resampler of(ResamplerConfig config, int patches, Parameters parameters) {
    return switch (config.kind()) {
      case PERCEIVER -> new PerceiverResampler(config, parameters);
      case TRANSFORMER -> new TransformerResampler(config, parameters);
      case MLP -> new MlpResampler(config, patches, parameters);
    };
  }
}
