package dev.flamingo.training.run;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.checkpoint.MapWeights;
import dev.flamingo.model.checkpoint.StoredWeights;
import dev.flamingo.model.checkpoint.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The parts of an earlier bundle that a model of another architecture or vocabulary can go on from.
 * Gated layers listen to one language model: they are taken together with it or not at all.
 */
public final class FirstWeights {

  private FirstWeights() {}

  /**
   * Returns the weights of those parts.
   *
   * @param tokenizerJson the tokenizer of the model to be trained
   * @param wanted the parts that may be taken
   * @throws IOException if the bundle cannot be read
   */
  public static Weights of(
      Bundle bundle, FlamingoConfig config, String tokenizerJson, Set<Part> wanted)
      throws IOException {
    Set<Part> parts = fitting(bundle, config, tokenizerJson);
    parts.retainAll(wanted);
    Map<String, HostTensor> weights = new LinkedHashMap<>();
    try (StoredWeights file = bundle.weights()) {
      for (String name : file.names()) {
        if (parts.stream().anyMatch(part -> part.holds(name))) {
          weights.put(name, file.tensor(name).floats());
        }
      }
    }
    return new MapWeights(weights);
  }

  private static Set<Part> fitting(Bundle bundle, FlamingoConfig config, String tokenizerJson)
      throws IOException {
    FlamingoConfig known = bundle.architecture();
    boolean sameWords =
        Files.readString(bundle.directory().resolve("tokenizer.json")).equals(tokenizerJson);
    Set<Part> parts = EnumSet.noneOf(Part.class);
    if (known.vision().equals(config.vision()) && known.imageSize() == config.imageSize()) {
      parts.add(Part.ENCODER);
    }
    if (known.resampler().equals(config.resampler())) {
      parts.add(Part.RESAMPLER);
    }
    if (sameWords && known.language().equals(config.language())) {
      parts.add(Part.LANGUAGE);
      if (known.crossAttention().equals(config.crossAttention())) {
        parts.add(Part.CROSS_ATTENTION);
      }
    }
    return parts;
  }
}
