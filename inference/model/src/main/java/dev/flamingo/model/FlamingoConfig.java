package dev.flamingo.model;

import dev.flamingo.model.nn.Activation;
import dev.flamingo.model.nn.CrossAttentionConfig;
import dev.flamingo.model.nn.DecoderConfig;
import dev.flamingo.model.nn.NfnetConfig;
import dev.flamingo.model.nn.ResamplerConfig;
import dev.flamingo.model.nn.VisionConfig;
import dev.flamingo.model.tensor.Padding;
import java.util.List;

/**
 * The architecture of a model.
 *
 * @param imageSize side of the square pictures in pixels
 * @param windowFrames frames in a window
 * @param vision the vision encoder
 * @param resampler from features to visual tokens
 * @param language the language model
 * @param crossAttention the layers between them
 */
public record FlamingoConfig(
    int imageSize,
    int windowFrames,
    VisionConfig vision,
    ResamplerConfig resampler,
    DecoderConfig language,
    CrossAttentionConfig crossAttention) {

  /** Returns the number of patches that the encoder makes of one frame. */
  public int patches() {
    return vision.patches(imageSize);
  }

  /** Returns this model with another resampler. */
  public FlamingoConfig resamplingBy(ResamplerConfig other) {
    return new FlamingoConfig(imageSize, windowFrames, vision, other, language, crossAttention);
  }

  /** Returns this model with other cross-attention layers. */
  public FlamingoConfig seeingBy(CrossAttentionConfig layers) {
    return new FlamingoConfig(imageSize, windowFrames, vision, resampler, language, layers);
  }

  /** Returns the number of blocks whose keys and values are kept, the grafted ones last. */
  public int cachedBlocks() {
    return language.layers() + crossAttention.grafted(language.layers());
  }

  /** Returns the number of cross-attention layers. */
  public int crossAttentionLayers() {
    return crossAttention.blocks(language.layers()).size();
  }

  /**
   * Returns the architecture of the street model: 5 million parameters for 96-pixel pictures.
   *
   * @param vocabulary number of tokens in the vocabulary
   */
  public static FlamingoConfig street(int vocabulary) {
    NfnetConfig vision =
        new NfnetConfig(
            List.of(new NfnetConfig.Stem(24, 2), new NfnetConfig.Stem(48, 2)),
            List.of(
                new NfnetConfig.Stage(64, 1, 1),
                new NfnetConfig.Stage(128, 2, 2),
                new NfnetConfig.Stage(256, 3, 2)),
            32,
            0.5,
            0.25,
            Padding.SAME,
            1e-5);
    return new FlamingoConfig(
        96,
        8,
        vision,
        new ResamplerConfig(256, 192, 2, 6, 32, 64, 8, Activation.SQUARED_RELU),
        new DecoderConfig(vocabulary, 192, 4, 6, 512, 256, true),
        new CrossAttentionConfig(1, 192, 6, 32, Activation.SQUARED_RELU));
  }
}
