package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;

/** Latents attend to features and latents together, then a feed-forward layer; both residual. */
final class ResamplerLayer {

  private final LayerNorm normMedia;
  private final LayerNorm normLatents;
  private final Attention attention;
  private final FeedForward feedForward;

  ResamplerLayer(ResamplerConfig config, Parameters parameters) {
    int width = config.width();
    Parameters scope = parameters.in("0");
    normMedia = new LayerNorm(scope.in("norm_media"), width);
    normLatents = new LayerNorm(scope.in("norm_latents"), width);
    attention = new Attention(scope, new Heads(config.heads(), config.headWidth()), width, width);
    feedForward = new FeedForward(parameters.in("1"), width, config.activation());
  }

  Tensor apply(Tensor features, Tensor latents) {
    Tensor normalized = normLatents.apply(latents);
    Tensor queries = attention.queries(normalized);
    KeysValues seen = attention.keysValues(normMedia.apply(features).concat(normalized, 1));
    Tensor updated = latents.add(attention.apply(queries, seen));
    return updated.add(feedForward.apply(updated));
  }
}
