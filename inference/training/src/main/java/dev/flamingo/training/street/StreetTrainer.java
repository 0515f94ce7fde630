package dev.flamingo.training.street;

import ai.djl.ndarray.NDArray;
import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.bundle.BundleManifest;
import dev.flamingo.model.bundle.BundleWriter;
import dev.flamingo.model.bundle.Preprocessing;
import dev.flamingo.model.bundle.SpecialTokens;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.bundle.WordLevelTokenizerJson;
import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.checkpoint.MapWeights;
import dev.flamingo.model.checkpoint.StoredType;
import dev.flamingo.model.eager.EagerParameters;
import dev.flamingo.model.nn.Flamingo;
import dev.flamingo.training.optimize.Progress;
import dev.flamingo.training.optimize.TrainingCheckpoint;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Trains the street model, from nothing or from an earlier bundle, and writes its bundle. */
public final class StreetTrainer {

  private static final Duration STORE_EVERY = Duration.ofMinutes(1);
  private static final List<String> PARTS =
      List.of(Flamingo.ENCODER, Flamingo.RESAMPLER, Flamingo.CROSS_ATTENTION, Flamingo.LANGUAGE);

  private final StreetBudget budget;
  private final long seed;
  private final @Nullable Bundle from;
  private final PrintStream console;

  /**
   * Prepares a run.
   *
   * @param seed decides all data, and all first weights that do not come from a bundle
   * @param from a bundle whose parts are gone on from where they fit; null to begin with nothing
   * @param console shows the progress
   */
  public StreetTrainer(StreetBudget budget, long seed, @Nullable Bundle from, PrintStream console) {
    this.budget = budget;
    this.seed = seed;
    this.from = from;
    this.console = console;
  }

  /**
   * Trains, going on where an earlier run in the same folder stopped.
   *
   * @param folder receives checkpoints, metrics and the folder {@code bundle}
   * @return the bundle
   * @throws IOException if the folder cannot be written
   */
  public Bundle train(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> words = new StreetVocabulary().words();
    WordLevelTokenizerJson tokenizers = new WordLevelTokenizerJson(SpecialTokens.DEFAULT);
    String tokenizerJson = tokenizers.write(words);
    Path tokenizerFile = Files.writeString(folder.resolve("tokenizer.json"), tokenizerJson);
    FlamingoConfig config = FlamingoConfig.street(tokenizers.size(words.size()));
    TrainingCheckpoint checkpoint =
        new TrainingCheckpoint(folder, STORE_EVERY, InstantSource.system());
    Progress progress = new Progress(console, folder.resolve("metrics.jsonl"));
    try (StreetTraining training =
        new StreetTraining(
            folder,
            budget,
            seed,
            config,
            from == null ? new MapWeights(Map.of()) : FirstWeights.of(from, config, tokenizerJson),
            Tokenizer.open(tokenizerFile, SpecialTokens.DEFAULT),
            checkpoint,
            progress)) {
      EagerParameters parameters = training.run();
      BundleManifest manifest =
          BundleManifest.of(
              "street", config, Preprocessing.IMAGENET, SpecialTokens.DEFAULT, provenance());
      return new BundleWriter(StoredType.F16)
          .write(folder.resolve("bundle"), manifest, tokenizerJson, model(parameters));
    }
  }

  private Map<String, String> provenance() {
    Map<String, String> provenance = new TreeMap<>();
    provenance.put("trained-by", "flamingo train street");
    provenance.put("seed", Long.toString(seed));
    provenance.put("steps", budget.toString());
    if (from != null) {
      provenance.put("from", from.id());
    }
    return provenance;
  }

  private static Map<String, HostTensor> model(EagerParameters parameters) {
    Map<String, HostTensor> model = new LinkedHashMap<>();
    for (Map.Entry<String, NDArray> entry : parameters.arrays().entrySet()) {
      if (PARTS.stream().anyMatch(part -> entry.getKey().startsWith(part + "."))) {
        NDArray array = entry.getValue();
        model.put(
            entry.getKey(), new HostTensor(array.getShape().getShape(), array.toFloatArray()));
      }
    }
    return model;
  }
}
