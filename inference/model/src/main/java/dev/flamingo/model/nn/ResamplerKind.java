package dev.flamingo.model.nn;

/** How features become visual tokens: the paper's choice and those of Table 3, row vi. */
public enum ResamplerKind {
  /** Latents attend to features and latents ({@link PerceiverResampler}). */
  PERCEIVER,
  /** Latents and features attend to each other ({@link TransformerResampler}). */
  TRANSFORMER,
  /** No attention at all ({@link MlpResampler}). */
  MLP
}
