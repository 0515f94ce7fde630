package dev.flamingo.training.street;

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
import dev.flamingo.model.checkpoint.Weights;
import dev.flamingo.training.optimize.LearningCurve;
import dev.flamingo.training.optimize.Progress;
import dev.flamingo.training.optimize.TrainingCheckpoint;
import dev.flamingo.training.run.FirstWeights;
import dev.flamingo.training.run.Part;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Trains the street model, from nothing or from an earlier bundle, and writes its bundle. */
public final class StreetTrainer {

  private static final String WITHHELD = "withheld";
  private static final Duration STORE_EVERY = Duration.ofMinutes(1);

  private final StreetPlan plan;
  private final PrintStream console;

  /**
   * Prepares a run.
   *
   * @param console shows the progress
   */
  public StreetTrainer(StreetPlan plan, PrintStream console) {
    this.plan = plan;
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
    Path metrics = folder.resolve("metrics.jsonl");
    Progress progress = new Progress(console, metrics, InstantSource.system());
    try (StreetTraining training =
        new StreetTraining(
            folder,
            plan,
            config,
            first(config, tokenizerJson),
            Tokenizer.open(tokenizerFile, SpecialTokens.DEFAULT),
            checkpoint,
            progress)) {
      Map<String, HostTensor> weights = training.run();
      for (String stage : StreetTraining.STAGES) {
        new LearningCurve().draw(metrics, stage, folder.resolve(stage + ".png"));
      }
      BundleManifest manifest =
          BundleManifest.of(
              "street", config, Preprocessing.IMAGENET, SpecialTokens.DEFAULT, provenance());
      return new BundleWriter(StoredType.F16)
          .write(folder.resolve("bundle"), manifest, tokenizerJson, weights);
    }
  }

  private Weights first(FlamingoConfig config, String tokenizerJson) throws IOException {
    Bundle from = plan.from();
    return from == null
        ? new MapWeights(Map.of())
        : FirstWeights.of(from, config, tokenizerJson, kept(from));
  }

  /**
   * What has seen pictures has seen the pairs that are to be withheld, unless they were then, too.
   */
  private Set<Part> kept(Bundle from) {
    return plan.withholding() && !from.manifest().provenance().containsKey(WITHHELD)
        ? EnumSet.of(Part.LANGUAGE)
        : EnumSet.allOf(Part.class);
  }

  private Map<String, String> provenance() {
    Map<String, String> provenance = new TreeMap<>();
    provenance.put("trained-by", "flamingo train street");
    provenance.put("seed", Long.toString(plan.seed()));
    provenance.put("steps", plan.budget().toString());
    Bundle from = plan.from();
    if (from != null) {
      provenance.put("from", from.id());
    }
    if (plan.withholding()) {
      provenance.put(WITHHELD, "the held-out pairs of colour and kind");
    }
    return provenance;
  }
}
