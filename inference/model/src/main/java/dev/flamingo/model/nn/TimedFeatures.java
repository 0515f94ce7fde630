package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What every resampler reads: the encoder's features, as wide as the visual tokens, with the time
 * of their frame. There is no spatial position encoding (appendix A.1.1).
 */
final class TimedFeatures {

  private static final double EMBEDDING_DEVIATION = 0.02;

  private final int width;
  private final @Nullable Linear project;
  private final @Nullable Tensor timeEmbeddings;

  TimedFeatures(ResamplerConfig config, Parameters parameters) {
    width = config.width();
    project =
        config.input() == width ? null : new Linear(parameters.in("input"), config.input(), width);
    timeEmbeddings =
        config.frames() == 0
            ? null
            : parameters.get(
                "frame_embs", Init.normal(EMBEDDING_DEVIATION), config.frames(), width);
  }

  /** Returns {@code [windows, frames, patches, width]}. */
  Tensor apply(Tensor features, Tensor timeWeights) {
    Tensor x = project == null ? features : project.apply(features);
    return timeEmbeddings == null
        ? x
        : x.add(timeWeights.matmul(timeEmbeddings).reshape(-1, 1, width));
  }
}
