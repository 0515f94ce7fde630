package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;

/** Latents attend to features and latents together, then a feed-forward layer; both residual. */
final class ResamplerLayer {

  private final Heads heads;
  private final LayerNorm normMedia;
  private final LayerNorm normLatents;
  private final Linear toQueries;
  private final Linear toKeysValues;
  private final Linear toOut;
  private final FeedForward feedForward;

  ResamplerLayer(ResamplerConfig config, Parameters parameters) {
    int width = config.width();
    heads = new Heads(config.heads(), config.headWidth());
    Parameters attention = parameters.in("0");
    normMedia = new LayerNorm(attention.in("norm_media"), width);
    normLatents = new LayerNorm(attention.in("norm_latents"), width);
    toQueries = new Linear(attention.in("to_q"), width, heads.total());
    toKeysValues = new Linear(attention.in("to_kv"), width, 2L * heads.total());
    toOut = new Linear(attention.in("to_out"), heads.total(), width);
    feedForward = new FeedForward(parameters.in("1"), width, config.activation());
  }

  Tensor apply(Tensor features, Tensor latents) {
    Tensor normalized = normLatents.apply(latents);
    Tensor queries = heads.split(toQueries.apply(normalized));
    Tensor keysValues = toKeysValues.apply(normMedia.apply(features).concat(normalized, 1));
    Tensor keys = heads.split(keysValues.slice(2, 0, heads.total()));
    Tensor values = heads.split(keysValues.slice(2, heads.total(), 2L * heads.total()));
    Tensor attended = heads.scores(queries, keys).softmax().matmul(values);
    Tensor updated = latents.add(toOut.apply(heads.join(attended)));
    return updated.add(feedForward.apply(updated));
  }
}
