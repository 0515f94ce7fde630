package dev.flamingo.model.nn;

/** How a language model is made to see: the paper's choice and those of Table 3, row iv. */
public enum CrossAttentionKind {
  /**
   * GATED XATTN-DENSE (section 2.2): cross-attention and a feed-forward layer, both new, before a
   * block of the language model.
   */
  GATED_DENSE,

  /**
   * Cross-attention alone, where the first transformer's decoder has it: in a block of the language
   * model, between its self-attention and its own feed-forward layer.
   */
  VANILLA,

  /**
   * The language model is used as it is; new blocks read its last block's output, each
   * cross-attention and a feed-forward layer followed by a block as the language model's own. The
   * paper speaks of "a stack of interleaved self-attention and cross-attention layers" and says
   * neither how many there are nor what closes them: here the language model's last norm does.
   */
  GRAFTING
}
