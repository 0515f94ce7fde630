package dev.flamingo.training.street;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.checkpoint.MapWeights;
import dev.flamingo.model.checkpoint.SafetensorsFile;
import dev.flamingo.model.checkpoint.Weights;
import dev.flamingo.model.nn.Flamingo;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of an earlier bundle that a model of another architecture or vocabulary can go on from.
 * Gated layers listen to one language model: they are taken together with it or not at all.
 */
final class FirstWeights {

  private FirstWeights() {}

  /**
   * Returns the weights of those parts.
   *
   * @param tokenizerJson the tokenizer of the model to be trained
   * @throws IOException if the bundle cannot be read
   */
  static Weights of(Bundle bundle, FlamingoConfig config, String tokenizerJson) throws IOException {
    FlamingoConfig known = bundle.architecture();
    boolean sameWords =
        Files.readString(bundle.directory().resolve("tokenizer.json")).equals(tokenizerJson);
    List<String> parts = new ArrayList<>();
    if (known.vision().equals(config.vision()) && known.imageSize() == config.imageSize()) {
      parts.add(Flamingo.ENCODER);
    }
    if (known.resampler().equals(config.resampler())) {
      parts.add(Flamingo.RESAMPLER);
    }
    if (sameWords && known.language().equals(config.language())) {
      parts.add(Flamingo.LANGUAGE);
      if (known.crossAttention().equals(config.crossAttention())) {
        parts.add(Flamingo.CROSS_ATTENTION);
      }
    }
    Map<String, HostTensor> weights = new LinkedHashMap<>();
    try (SafetensorsFile file = bundle.weights()) {
      for (String name : file.names()) {
        if (parts.stream().anyMatch(part -> name.startsWith(part + "."))) {
          weights.put(name, file.get(name));
        }
      }
    }
    return new MapWeights(weights);
  }
}
