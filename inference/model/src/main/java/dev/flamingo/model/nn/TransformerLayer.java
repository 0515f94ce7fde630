package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;

/** All attend to all, then a feed-forward layer; both normalised before, residual. */
final class TransformerLayer {

  private final LayerNorm norm;
  private final Attention attention;
  private final FeedForward feedForward;

  TransformerLayer(ResamplerConfig config, Parameters parameters) {
    int width = config.width();
    Parameters scope = parameters.in("0");
    norm = new LayerNorm(scope.in("norm"), width);
    attention = new Attention(scope, new Heads(config.heads(), config.headWidth()), width, width);
    feedForward = new FeedForward(parameters.in("1"), width, config.activation());
  }

  Tensor apply(Tensor x) {
    Tensor normalized = norm.apply(x);
    Tensor queries = attention.queries(normalized);
    Tensor attended = x.add(attention.apply(queries, attention.keysValues(normalized)));
    return attended.add(feedForward.apply(attended));
  }
}
