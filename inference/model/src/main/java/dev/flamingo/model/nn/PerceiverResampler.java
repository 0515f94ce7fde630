package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Perceiver Resampler (section 2.1, appendix A.1.1): any number of frames to a fixed number of
 * visual tokens. Learnt latents attend to the frames' features and to themselves; there is no
 * spatial position encoding. The paper is silent on normalisation; as in the open implementations,
 * media and latents are normalised before attention, and the result.
 */
public final class PerceiverResampler {

  private static final double EMBEDDING_DEVIATION = 0.02;

  private final ResamplerConfig config;
  private final Tensor latents;
  private final @Nullable Linear project;
  private final @Nullable Tensor timeEmbeddings;
  private final List<ResamplerLayer> layers = new ArrayList<>();
  private final LayerNorm norm;

  /** Builds the resampler from its parameters, named as OpenFlamingo's checkpoints name them. */
  public PerceiverResampler(ResamplerConfig config, Parameters parameters) {
    this.config = config;
    latents = parameters.get("latents", Init.normal(1), config.latents(), config.width());
    project =
        config.input() == config.width()
            ? null
            : new Linear(parameters.in("input"), config.input(), config.width());
    timeEmbeddings =
        config.frames() == 0
            ? null
            : parameters.get(
                "frame_embs", Init.normal(EMBEDDING_DEVIATION), config.frames(), config.width());
    for (int i = 0; i < config.depth(); i++) {
      layers.add(new ResamplerLayer(config, parameters.in("layers." + i)));
    }
    norm = new LayerNorm(parameters.in("norm"), config.width());
  }

  /**
   * Returns the visual tokens of windows.
   *
   * @param features {@code [windows, frames, patches, input]}
   * @param timeWeights the mix of time embeddings for every frame {@code [frames, learnt]}, see
   *     {@link TimeEmbedding}
   * @return {@code [windows, latents, width]}
   */
  public Tensor apply(Tensor features, Tensor timeWeights) {
    Tensor x = project == null ? features : project.apply(features);
    if (timeEmbeddings != null) {
      x = x.add(timeWeights.matmul(timeEmbeddings).reshape(-1, 1, config.width()));
    }
    x = x.reshape(0, -1, config.width());
    Tensor tokens = latents.repeatForBatchOf(x);
    for (ResamplerLayer layer : layers) {
      tokens = layer.apply(x, tokens);
    }
    return norm.apply(tokens);
  }
}
