package dev.flamingo.job;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.bundle.BundleManifest;
import dev.flamingo.model.bundle.BundleWriter;
import dev.flamingo.model.bundle.Preprocessing;
import dev.flamingo.model.bundle.SpecialTokens;
import dev.flamingo.model.bundle.WordLevelTokenizerJson;
import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.checkpoint.StoredType;
import dev.flamingo.model.nn.Activation;
import dev.flamingo.model.nn.CrossAttentionConfig;
import dev.flamingo.model.nn.DecoderConfig;
import dev.flamingo.model.nn.NfnetConfig;
import dev.flamingo.model.nn.ResamplerConfig;
import dev.flamingo.model.onnx.FlamingoGraphs;
import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Padding;
import dev.flamingo.model.tensor.ParameterSource;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** A tiny model with random weights, and pictures to show it. */
final class RandomBundle {

  static final int CONTEXT = 48;

  private RandomBundle() {}

  /** Returns a JPEG of one color and a stripe, different for every seed. */
  static byte[] picture(int seed) throws IOException {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(seed * 40 % 256, seed * 90 % 256, seed * 170 % 256));
    graphics.fillRect(0, 0, 32, 32);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(seed * 3 % 28, 4, 4, 24);
    graphics.dispose();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", jpeg);
    return jpeg.toByteArray();
  }

  static Bundle write(Path directory, long seed) throws IOException {
    List<String> words = new ArrayList<>(List.of("question", "answer", "output", ":", "?"));
    words.addAll(List.of("what", "color", "is", "the", "bus", "red", "blue", "car", "a", "left"));
    FlamingoConfig config =
        config(new WordLevelTokenizerJson(SpecialTokens.DEFAULT).size(words.size()));
    BundleManifest manifest =
        BundleManifest.of(
            "random", config, Preprocessing.IMAGENET, SpecialTokens.DEFAULT, Map.of());
    return new BundleWriter(StoredType.F32)
        .write(
            directory,
            manifest,
            new WordLevelTokenizerJson(SpecialTokens.DEFAULT).write(words),
            weights(config, seed));
  }

  private static FlamingoConfig config(int vocabulary) {
    NfnetConfig vision =
        new NfnetConfig(
            List.of(new NfnetConfig.Stem(8, 2)),
            List.of(new NfnetConfig.Stage(16, 1, 2), new NfnetConfig.Stage(32, 1, 2)),
            8,
            0.5,
            0.25,
            Padding.SAME,
            1e-5);
    return new FlamingoConfig(
        32,
        8,
        vision,
        new ResamplerConfig(32, 24, 1, 2, 12, 6, 8, Activation.SQUARED_RELU),
        new DecoderConfig(vocabulary, 32, 3, 2, 48, CONTEXT, true),
        new CrossAttentionConfig(2, 24, 2, 12, Activation.SQUARED_RELU));
  }

  private static Map<String, HostTensor> weights(FlamingoConfig config, long seed) {
    Map<String, HostTensor> weights = new TreeMap<>();
    ParameterSource random = ParameterSource.random(seed);
    FlamingoGraphs graphs =
        new FlamingoGraphs(
            config,
            (name, init, shape) -> {
              // Gates start at 0, and the model would be blind.
              Init open = init.deviation() == 0 ? new Init(init.mean(), 0.8) : init;
              HostTensor value = random.get(name, open, shape).floats();
              scale(name, value.values());
              weights.put(name, value);
              return value;
            });
    // Writing the graphs asks for every weight once.
    graphs.frameEncoder();
    graphs.resampler();
    graphs.visualKeysValues();
    graphs.decoder();
    return weights;
  }

  /** Makes what is seen and read outweigh the last word, or the model would repeat it for ever. */
  private static void scale(String name, float[] values) {
    float factor =
        name.endsWith("embed_tokens.weight")
            ? 5
            : name.matches(".*(to_out|ff\\.3|o_proj|down_proj)\\.weight") ? 4 : 1;
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }
}
