package dev.flamingo.model;

import dev.flamingo.model.nn.Activation;
import dev.flamingo.model.nn.ClipVitConfig;
import dev.flamingo.model.nn.CrossAttentionConfig;
import dev.flamingo.model.nn.CrossAttentionKind;
import dev.flamingo.model.nn.DecoderConfig;
import dev.flamingo.model.nn.MediaVisibility;
import dev.flamingo.model.nn.NfnetConfig;
import dev.flamingo.model.nn.ResamplerConfig;
import dev.flamingo.model.nn.ResamplerKind;
import dev.flamingo.model.nn.TimeInterpolation;
import dev.flamingo.model.nn.VisionConfig;
import dev.flamingo.model.tensor.Padding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One small model of every kind. */
public final class TinyArchitectures {

  /** Tokens in the vocabulary of each. */
  public static final int VOCABULARY = 21;

  private static final NfnetConfig NFNET =
      new NfnetConfig(
          List.of(new NfnetConfig.Stem(8, 2), new NfnetConfig.Stem(12, 1)),
          List.of(new NfnetConfig.Stage(16, 1, 1), new NfnetConfig.Stage(32, 2, 2)),
          8,
          0.5,
          0.25,
          Padding.SAME,
          1e-5);
  private static final ClipVitConfig CLIP =
      new ClipVitConfig(8, 4, 32, 2, 4, 48, Activation.QUICK_GELU, false, false);
  private static final ResamplerConfig RESAMPLER =
      new ResamplerConfig(32, 24, 2, 2, 12, 6, 8, Activation.SQUARED_RELU);
  private static final DecoderConfig LANGUAGE =
      new DecoderConfig(VOCABULARY, 32, 4, 2, 48, 48, false);
  private static final CrossAttentionConfig CROSS =
      new CrossAttentionConfig(2, 24, 2, 12, Activation.SQUARED_RELU);

  private static final DecoderConfig CHINCHILLA =
      new DecoderConfig(VOCABULARY, 32, 3, 2, 128, 48, true, Activation.GELU, false);

  private TinyArchitectures() {}

  /** Returns all by name. */
  public static Map<String, FlamingoConfig> all() {
    Map<String, FlamingoConfig> all = new LinkedHashMap<>();
    all.put("plain", plain());
    all.put("street", FlamingoConfig.street(VOCABULARY));
    all.putAll(encoders());
    all.putAll(resamplers());
    all.putAll(languages());
    return all;
  }

  /** Returns those that differ in the vision encoder. */
  public static Map<String, FlamingoConfig> encoders() {
    return Map.of(
        "nfnet, odd pictures", vision(33, NFNET),
        "nfnet, final convolution", vision(32, NFNET.withFinalWidth(40)),
        "nfnet as timm", vision(33, NFNET.asTimm()),
        "nfnet as deepmind", vision(32, NFNET.asDeepMind()),
        "clip", vision(32, CLIP),
        "clip, class token and norm", vision(32, CLIP.returning(true, true)));
  }

  /** Returns those that differ in the resampler. */
  public static Map<String, FlamingoConfig> resamplers() {
    return Map.of(
        "transformer resampler", resampler(RESAMPLER.as(ResamplerKind.TRANSFORMER, 2)),
        "mlp resampler", resampler(RESAMPLER.as(ResamplerKind.MLP, 3)),
        "mlp resampler without times", resampler(timeless(ResamplerKind.MLP)),
        "perceiver without times", resampler(timeless(ResamplerKind.PERCEIVER)));
  }

  /** Returns those that differ in the language model or in how it sees. */
  public static Map<String, FlamingoConfig> languages() {
    Map<String, FlamingoConfig> all = new LinkedHashMap<>();
    all.put("ungated", cross(CROSS.gated(false)));
    all.put("vanilla", cross(CROSS.as(CrossAttentionKind.VANILLA)));
    all.put("vanilla, ungated", cross(CROSS.as(CrossAttentionKind.VANILLA).gated(false)));
    all.put("grafting", cross(CROSS.as(CrossAttentionKind.GRAFTING)));
    all.put("grafting, ungated", cross(CROSS.as(CrossAttentionKind.GRAFTING).gated(false)));
    all.put("single in the middle", cross(CROSS.inTheMiddleOf(LANGUAGE.layers())));
    all.put("at every second block's end", cross(CROSS.at(1, 2)));
    all.put("seeing all previous media", cross(CROSS.seeing(MediaVisibility.ALL_PREVIOUS)));
    all.put("chinchilla", new FlamingoConfig(32, 8, NFNET, RESAMPLER, CHINCHILLA, CROSS));
    return all;
  }

  /** Returns the model on which the others are variations. */
  public static FlamingoConfig plain() {
    return vision(32, NFNET);
  }

  private static FlamingoConfig vision(int imageSize, VisionConfig vision) {
    return new FlamingoConfig(
        imageSize, 8, vision, RESAMPLER.reading(vision.width()), LANGUAGE, CROSS);
  }

  private static ResamplerConfig timeless(ResamplerKind kind) {
    return new ResamplerConfig(
        32, 24, 1, 2, 12, 6, 0, Activation.GELU, kind, TimeInterpolation.ENDS);
  }

  private static FlamingoConfig resampler(ResamplerConfig resampler) {
    return new FlamingoConfig(32, 8, NFNET, resampler, LANGUAGE, CROSS);
  }

  private static FlamingoConfig cross(CrossAttentionConfig crossAttention) {
    return new FlamingoConfig(32, 8, NFNET, RESAMPLER, LANGUAGE, crossAttention);
  }
}
