package dev.flamingo.model;

import dev.flamingo.model.nn.Activation;
import dev.flamingo.model.nn.ClipVitConfig;
import dev.flamingo.model.nn.CrossAttentionConfig;
import dev.flamingo.model.nn.DecoderConfig;
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
  public static final int VOCABULARY = 60;

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

  private TinyArchitectures() {}

  /** Returns all by name. */
  public static Map<String, FlamingoConfig> all() {
    Map<String, FlamingoConfig> all = new LinkedHashMap<>();
    all.put("street", FlamingoConfig.street(VOCABULARY));
    all.put("nfnet, odd pictures", vision(33, NFNET));
    all.put("nfnet, final convolution", vision(32, NFNET.withFinalWidth(40)));
    all.put("nfnet as timm", vision(33, NFNET.asTimm()));
    all.put("nfnet as deepmind", vision(32, NFNET.asDeepMind()));
    all.put("clip", vision(32, CLIP));
    all.put("clip, class token and norm", vision(32, CLIP.returning(true, true)));
    all.put("transformer resampler", resampler(RESAMPLER.as(ResamplerKind.TRANSFORMER, 2)));
    all.put("mlp resampler", resampler(RESAMPLER.as(ResamplerKind.MLP, 3)));
    all.put("mlp resampler without times", resampler(timeless(ResamplerKind.MLP)));
    all.put("perceiver without times", resampler(timeless(ResamplerKind.PERCEIVER)));
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
}
