package dev.flamingo.model.nn;

/**
 * Where a normaliser-free network multiplies by gamma, the factor that keeps the variance of a
 * standard normal signal through the activation.
 */
public enum Gamma {
  /** After every activation: DeepMind's networks, timm's {@code dm_nfnet_*}. */
  IN_ACTIVATION,
  /** In every standardised kernel, the stem's too: timm's {@code nfnet_*}. */
  IN_KERNEL
}
