package dev.flamingo.model;

import dev.flamingo.model.nn.Activation;
import dev.flamingo.model.nn.CrossAttentionConfig;
import dev.flamingo.model.nn.DecoderConfig;
import dev.flamingo.model.nn.NfnetConfig;
import dev.flamingo.model.nn.ResamplerConfig;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * An architecture with a name. The paper's three (tables 4 and 5) share encoder and resampler;
 * where it is silent they are what this project's layers are: a language model with rotary
 * positions and tied embeddings, features of the encoder's last stage, no projection before the
 * resampler. The module's README has the counts beside the paper's.
 */
public enum Preset {
  /** Flamingo-3B: a layer before every block of a language model of 1.4B parameters. */
  FLAMINGO_3B("flamingo-3b") {
    @Override
    public FlamingoConfig architecture(int vocabulary) {
      return flamingo(vocabulary, 24, 2048, 1);
    }
  },

  /** Flamingo-9B: a layer before every fourth block of a language model of 7.1B parameters. */
  FLAMINGO_9B("flamingo-9b") {
    @Override
    public FlamingoConfig architecture(int vocabulary) {
      return flamingo(vocabulary, 40, 4096, 4);
    }
  },

  /** Flamingo-80B: a layer before every seventh block of a language model of 70B parameters. */
  FLAMINGO_80B("flamingo-80b") {
    @Override
    public FlamingoConfig architecture(int vocabulary) {
      return flamingo(vocabulary, 80, 8192, 7);
    }
  },

  /** The shipped model of the street. */
  STREET("street") {
    @Override
    public FlamingoConfig architecture(int vocabulary) {
      return FlamingoConfig.street(vocabulary);
    }
  };

  /** What the paper's models know: 32,000 pieces, the end of a chunk and the place of a medium. */
  public static final int VOCABULARY = 32_002;

  private static final int LARGEST_NFNET = 6;
  private static final int IMAGE_SIZE = 320;
  private static final int FRAMES = 8;
  private static final int LATENTS = 64;
  private static final int CONTEXT = 2048;
  private static final int HEAD_WIDTH = 128;

  private final String label;

  Preset(String label) {
    this.label = label;
  }

  /** Returns its name, such as {@code flamingo-3b}. */
  public String label() {
    return label;
  }

  /**
   * Returns the architecture.
   *
   * @param vocabulary number of tokens in the vocabulary; {@link #VOCABULARY} in the paper
   */
  public abstract FlamingoConfig architecture(int vocabulary);

  /**
   * Returns the preset of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Preset named(String label) {
    return Arrays.stream(values())
        .filter(preset -> preset.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no architecture %s: choose one of %s"
                        .formatted(
                            label,
                            Arrays.stream(values())
                                .map(Preset::label)
                                .collect(Collectors.joining(", ")))));
  }

  private static FlamingoConfig flamingo(int vocabulary, int layers, int width, int every) {
    NfnetConfig vision = NfnetConfig.variant(LARGEST_NFNET);
    int heads = width / HEAD_WIDTH;
    ResamplerConfig resampler =
        new ResamplerConfig(
            vision.width(),
            vision.width(),
            6,
            16,
            vision.width() / 16,
            LATENTS,
            FRAMES,
            Activation.SQUARED_RELU);
    DecoderConfig language =
        new DecoderConfig(
            vocabulary,
            width,
            layers,
            heads,
            4 * width,
            CONTEXT,
            /* smearedKeys= */ false,
            Activation.GELU,
            /* gatedFeedForward= */ false);
    CrossAttentionConfig crossAttention =
        new CrossAttentionConfig(
            every, resampler.width(), heads, HEAD_WIDTH, Activation.SQUARED_RELU);
    return new FlamingoConfig(IMAGE_SIZE, FRAMES, vision, resampler, language, crossAttention);
  }
}
