package dev.flamingo.model.nn;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.tensor.Parameters;

/**
 * The whole model: frames to features, windows to visual tokens, visual tokens and text to the next
 * token.
 *
 * @param encoder the vision encoder
 * @param resampler frames to visual tokens
 * @param crossAttention the gated layers
 * @param decoder the language model with the gated layers in it
 */
public record Flamingo(
    VisionEncoder encoder, Resampler resampler, CrossAttention crossAttention, Decoder decoder) {

  /** The scope of the vision encoder's parameters. */
  public static final String ENCODER = "vision_encoder";

  /** The scope of the resampler's parameters. */
  public static final String RESAMPLER = "perceiver";

  /** The scope of the gated layers' parameters. */
  public static final String CROSS_ATTENTION = "cross_attention";

  /** The scope of the language model's parameters. */
  public static final String LANGUAGE = "lang_encoder";

  /** Builds the model of a configuration. */
  public static Flamingo of(FlamingoConfig config, Parameters parameters) {
    CrossAttention crossAttention =
        new CrossAttention(
            config.crossAttention(),
            config.language(),
            config.resampler().latents(),
            parameters.in(CROSS_ATTENTION));
    return new Flamingo(
        VisionEncoder.of(config.vision(), parameters.in(ENCODER)),
        Resampler.of(config.resampler(), config.patches(), parameters.in(RESAMPLER)),
        crossAttention,
        new Decoder(config.language(), parameters.in(LANGUAGE), crossAttention));
  }
}
