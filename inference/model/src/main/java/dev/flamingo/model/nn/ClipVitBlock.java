package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;

/** Self-attention of all patches, then a feed-forward layer; both normalised before, residual. */
final class ClipVitBlock {

  private final Heads heads;
  private final LayerNorm attentionNorm;
  private final Linear queries;
  private final Linear keys;
  private final Linear values;
  private final Linear out;
  private final LayerNorm feedForwardNorm;
  private final Linear expand;
  private final Activation activation;
  private final Linear reduce;

  ClipVitBlock(ClipVitConfig config, Parameters parameters) {
    int width = config.width();
    heads = new Heads(config.heads(), width / config.heads());
    activation = config.activation();
    attentionNorm = new LayerNorm(parameters.in("layer_norm1"), width);
    Parameters attention = parameters.in("self_attn");
    queries = Linear.biased(attention.in("q_proj"), width, width);
    keys = Linear.biased(attention.in("k_proj"), width, width);
    values = Linear.biased(attention.in("v_proj"), width, width);
    out = Linear.biased(attention.in("out_proj"), width, width);
    feedForwardNorm = new LayerNorm(parameters.in("layer_norm2"), width);
    expand = Linear.biased(parameters.in("mlp.fc1"), width, config.inner());
    reduce = Linear.biased(parameters.in("mlp.fc2"), config.inner(), width);
  }

  Tensor apply(Tensor x) {
    Tensor normalized = attentionNorm.apply(x);
    Tensor scores =
        heads.scores(heads.split(queries.apply(normalized)), heads.split(keys.apply(normalized)));
    Tensor attended = scores.softmax().matmul(heads.split(values.apply(normalized)));
    Tensor seen = x.add(out.apply(heads.join(attended)));
    Tensor inner = activation.apply(expand.apply(feedForwardNorm.apply(seen)));
    return seen.add(reduce.apply(inner));
  }
}
