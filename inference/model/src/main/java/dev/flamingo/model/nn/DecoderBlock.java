package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A block of the language model: causal self-attention with rotary positions, then a feed-forward
 * layer, both normalised by the root mean square before, residual.
 */
final class DecoderBlock {

  private static final double SMEAR = 0.5;

  private final Heads heads;
  private final RmsNorm attentionNorm;
  private final Linear queries;
  private final Linear keys;
  private final Linear values;
  private final Linear out;
  private final @Nullable Tensor smear;
  private final RmsNorm feedForwardNorm;
  private final TextFeedForward feedForward;

  DecoderBlock(DecoderConfig config, Parameters parameters) {
    int width = config.width();
    heads = new Heads(config.heads(), config.headWidth());
    attentionNorm = new RmsNorm(parameters.in("input_layernorm"), width);
    Parameters attention = parameters.in("self_attn");
    queries = new Linear(attention.in("q_proj"), width, width);
    keys = new Linear(attention.in("k_proj"), width, width);
    values = new Linear(attention.in("v_proj"), width, width);
    out = new Linear(attention.in("o_proj"), width, width);
    smear =
        config.smearedKeys()
            ? attention.get("smear", Init.normal(SMEAR), config.heads(), 1, 1)
            : null;
    feedForwardNorm = new RmsNorm(parameters.in("post_attention_layernorm"), width);
    feedForward = new TextFeedForward(config, parameters.in("mlp"));
  }

  /** The block's output and the keys and values of all tokens so far. */
  record Result(Tensor x, KeysValues keysValues) {}

  /**
   * Reads tokens.
   *
   * @param between what happens to the text between self-attention and the feed-forward layer
   */
  Result apply(
      Tensor x, Rotary.Turn turn, Tensor mask, @Nullable Past past, UnaryOperator<Tensor> between) {
    Tensor normalized = attentionNorm.apply(x);
    Tensor query = turn.apply(heads.split(queries.apply(normalized)), heads.width());
    Tensor key = turn.apply(heads.split(keys.apply(normalized)), heads.width());
    KeysValues now = new KeysValues(key, heads.split(values.apply(normalized)));
    KeysValues all = past == null ? now : past.followedBy(now);
    Tensor attention = scores(query, all.keys()).add(mask).softmax();
    Tensor attended = x.add(out.apply(heads.join(attention.matmul(all.values()))));
    Tensor seen = between.apply(attended);
    return new Result(seen.add(feedForward.apply(feedForwardNorm.apply(seen))), all);
  }

  // The score of a sum of keys is the sum of their scores: nothing but keys need be cached.
  private Tensor scores(Tensor query, Tensor keys) {
    Tensor scores = heads.scores(query, keys);
    if (smear == null) {
      return scores;
    }
    Tensor before = scores.slice(3, 0, 1).mul(0).concat(scores.slice(3, 0, -1), 3);
    return scores.add(before.mul(smear.tanh()));
  }
}
