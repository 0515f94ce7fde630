package dev.flamingo.model.nn;

import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * GATED XATTN-DENSE (section 2.2, appendix A.1.2): text attends to visual tokens, then a
 * feed-forward layer, both added through a tanh gate that starts at 0, so that the language model
 * starts as it was. A vanilla layer has no feed-forward layer, and gates may be left out.
 */
public final class GatedCrossAttention {

  private static final double HIDDEN = 1e9;

  private final int width;
  private final LayerNorm norm;
  private final Attention attention;
  private final @Nullable FeedForward feedForward;
  private final @Nullable Tensor attentionGate;
  private final @Nullable Tensor feedForwardGate;

  /**
   * Builds a layer from its parameters, named as OpenFlamingo's checkpoints name them.
   *
   * @param width width of the language model
   */
  public GatedCrossAttention(CrossAttentionConfig config, int width, Parameters parameters) {
    this.width = width;
    Parameters scope = parameters.in("attn");
    norm = new LayerNorm(scope.in("norm"), width);
    Heads heads = new Heads(config.heads(), config.headWidth());
    attention = new Attention(scope, heads, width, config.visual());
    boolean dense = config.kind() != CrossAttentionKind.VANILLA;
    feedForward = dense ? new FeedForward(parameters.in("ff"), width, config.activation()) : null;
    attentionGate = config.gated() ? parameters.get("attn_gate", Init.ZEROS, 1) : null;
    feedForwardGate = config.gated() && dense ? parameters.get("ff_gate", Init.ZEROS, 1) : null;
  }

  /**
   * Returns the keys and values of visual tokens: once per window, for all questions.
   *
   * @param visual {@code [batch, media * latents, width]}
   */
  public KeysValues keysValues(Tensor visual) {
    return attention.keysValues(visual);
  }

  /**
   * Returns the attention's share alone, not yet gated.
   *
   * @param x text {@code [batch, tokens, width]}
   * @param visual keys and values of {@code media * latents} visual tokens
   * @param visibility 1 where a token sees a medium, 0 where not {@code [batch, tokens, media]}; a
   *     token that sees none gets exactly 0
   * @param latents visual tokens in a medium
   */
  public Tensor attend(Tensor x, KeysValues visual, Tensor visibility, int latents) {
    Tensor scores = attention.scores(attention.queries(norm.apply(x)), visual);
    // The inner shape is [batch, heads, tokens * media, latents]: every medium's scores are hidden
    // or kept together.
    Tensor hidden = visibility.add(-1).mul(HIDDEN).reshape(0, 1, -1, 1);
    Tensor masked = scores.reshape(0, 0, -1, latents).add(hidden);
    Tensor shares = masked.reshapeLike(scores).softmax();
    Tensor attended = attention.out(shares, visual);
    return attended.mul(seesAny(visibility));
  }

  private static Tensor seesAny(Tensor visibility) {
    return visibility.sum(2).mul(-1).add(1).relu().mul(-1).add(1);
  }

  /**
   * Returns the text with what it saw.
   *
   * @param x text {@code [batch, tokens, width]}
   * @param visual keys and values of {@code media * latents} visual tokens
   * @param visibility {@code [batch, tokens, media]}, see {@link #attend}
   * @param latents visual tokens in a medium
   */
  public Tensor apply(Tensor x, KeysValues visual, Tensor visibility, int latents) {
    return add(x, attend(x, visual, visibility, latents));
  }

  /**
   * Returns the text with what it saw, chunk by chunk.
   *
   * @param x text {@code [batch, tokens, width]}
   * @param visual keys and values of every medium {@code [media, heads, latents, head width]}
   */
  public Tensor apply(Tensor x, KeysValues visual, Chunks chunks) {
    Tensor attended = attention.apply(attention.queries(norm.apply(x), chunks.gather()), visual);
    return add(x, attended.reshape(-1, width).rows(chunks.scatter()).mul(chunks.sees()));
  }

  private Tensor add(Tensor x, Tensor attended) {
    Tensor seen = x.add(gated(attended, attentionGate));
    return feedForward == null ? seen : seen.add(gated(feedForward.apply(seen), feedForwardGate));
  }

  private static Tensor gated(Tensor x, @Nullable Tensor gate) {
    return gate == null ? x : x.mul(gate.tanh());
  }
}
