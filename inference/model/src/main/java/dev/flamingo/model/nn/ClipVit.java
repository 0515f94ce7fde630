package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CLIP's vision transformer: the other encoder of Table 3, and that of the open Flamingos. */
public final class ClipVit implements VisionEncoder {

  private static final int COLORS = 3;
  private static final double EMBEDDING_DEVIATION = 0.02;

  private final ClipVitConfig config;
  private final Tensor classEmbedding;
  private final Tensor patchWeight;
  private final Tensor positions;
  private final LayerNorm normBefore;
  private final List<ClipVitBlock> blocks = new ArrayList<>();
  private final @Nullable LayerNorm normAfter;

  /**
   * Builds the encoder from its parameters, named as Hugging Face's checkpoints name them, the
   * misspelt ones too.
   */
  public ClipVit(ClipVitConfig config, Parameters parameters) {
    this.config = config;
    int width = config.width();
    int patch = config.patch();
    long tokens = (long) config.grid() * config.grid() + 1;
    Init start = Init.normal(EMBEDDING_DEVIATION);
    Parameters embeddings = parameters.in("embeddings");
    classEmbedding = embeddings.get("class_embedding", start, width);
    patchWeight =
        embeddings.get(
            "patch_embedding.weight",
            Init.linear((long) COLORS * patch * patch),
            width,
            COLORS,
            patch,
            patch);
    positions = embeddings.get("position_embedding.weight", start, tokens, width);
    normBefore = new LayerNorm(parameters.in("pre_layrnorm"), width);
    for (int i = 0; i < config.layers(); i++) {
      blocks.add(new ClipVitBlock(config, parameters.in("encoder.layers." + i)));
    }
    normAfter = config.finalNorm() ? new LayerNorm(parameters.in("post_layernorm"), width) : null;
  }

  @Override
  public Tensor patches(Tensor pixels) {
    Tensor patches = embed(pixels);
    Tensor first = classEmbedding.reshape(1, config.width()).repeatForBatchOf(patches);
    Tensor x = normBefore.apply(first.concat(patches, 1).add(positions));
    for (ClipVitBlock block : blocks) {
      x = block.apply(x);
    }
    long tokens = (long) config.grid() * config.grid() + 1;
    Tensor shown = config.classToken() ? x : x.slice(1, 1, tokens);
    return normAfter == null ? shown : normAfter.apply(shown);
  }

  /** A convolution whose stride is its kernel is a linear layer on cut-out patches. */
  private Tensor embed(Tensor pixels) {
    long grid = config.grid();
    long patch = config.patch();
    long size = COLORS * patch * patch;
    Tensor cut =
        pixels
            .reshape(0, COLORS, grid, patch, grid, patch)
            .transpose(0, 2, 4, 1, 3, 5)
            .reshape(0, grid * grid, size);
    return cut.linear(patchWeight.reshape(config.width(), size), null);
  }
}
