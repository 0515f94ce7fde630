package dev.flamingo.standalone.bench;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.Preset;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.bundle.BundleManifest;
import dev.flamingo.model.bundle.BundleWriter;
import dev.flamingo.model.bundle.Preprocessing;
import dev.flamingo.model.bundle.SpecialTokens;
import dev.flamingo.model.bundle.WordLevelTokenizerJson;
import dev.flamingo.model.checkpoint.StoredType;
import dev.flamingo.model.nn.DecoderConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The street's model with another language model, of random weights: its speed does not depend on
 * its words. It has a single gated layer, in the middle.
 *
 * @param label what it is called
 * @param words of its vocabulary, the special tokens aside
 * @param width of a token
 * @param layers number of blocks
 * @param heads number of attention heads
 * @param inner width inside the feed-forward layers
 */
record RandomModel(String label, int words, int width, int layers, int heads, int inner) {

  private static final int CONTEXT = 256;

  /** Returns one whose language model has 29 million parameters. */
  static RandomModel of29Million() {
    return new RandomModel("random-29m", 8_000, 512, 8, 8, 1_344);
  }

  /** Returns one that is small enough to be tried in a second. */
  static RandomModel small() {
    return new RandomModel("random-small", 200, 64, 2, 2, 128);
  }

  /** Returns the architecture. */
  FlamingoConfig config() {
    WordLevelTokenizerJson tokenizer = new WordLevelTokenizerJson(SpecialTokens.DEFAULT);
    FlamingoConfig street = Preset.STREET.architecture(tokenizer.size(words));
    DecoderConfig language =
        new DecoderConfig(
            tokenizer.size(words), width, layers, heads, inner, CONTEXT, /* smearedKeys= */ false);
    return new FlamingoConfig(
        street.imageSize(),
        street.windowFrames(),
        street.vision(),
        street.resampler(),
        language,
        street.crossAttention().inTheMiddleOf(layers));
  }

  /**
   * Writes it as a bundle.
   *
   * @throws IOException if it cannot be written
   */
  Bundle write(Path folder) throws IOException {
    FlamingoConfig config = config();
    List<String> vocabulary = IntStream.range(0, words).mapToObj(i -> "w" + i).toList();
    BundleManifest manifest =
        BundleManifest.of(label, config, Preprocessing.IMAGENET, SpecialTokens.DEFAULT, Map.of());
    return new BundleWriter(StoredType.F32)
        .write(
            folder,
            manifest,
            new WordLevelTokenizerJson(SpecialTokens.DEFAULT).write(vocabulary),
            RandomWeights.of(config));
  }
}
