package dev.flamingo.training.recipe;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.bundle.BundleManifest;
import dev.flamingo.model.bundle.BundleWriter;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.bundle.WordLevelTokenizerJson;
import dev.flamingo.model.checkpoint.StoredType;
import dev.flamingo.model.checkpoint.Weights;
import dev.flamingo.model.tensor.ParameterSource;
import dev.flamingo.training.corpus.Corpus;
import dev.flamingo.training.optimize.LearningCurve;
import dev.flamingo.training.optimize.Progress;
import dev.flamingo.training.optimize.StageRunner;
import dev.flamingo.training.optimize.TrainingCheckpoint;
import dev.flamingo.training.run.TrainedModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Trains a model by a recipe and writes its bundle. */
public final class RecipeTrainer {

  private static final Duration STORE_EVERY = Duration.ofMinutes(1);
  private static final String METRICS = "metrics.jsonl";

  private final Recipe recipe;
  private final Path base;
  private final UnaryOperator<FlamingoConfig> variation;
  private final PrintStream console;

  /**
   * Prepares a run.
   *
   * @param base what the recipe's paths are relative to
   * @param console shows the progress
   */
  public RecipeTrainer(Recipe recipe, Path base, PrintStream console) {
    this(recipe, base, UnaryOperator.identity(), console);
  }

  /**
   * Prepares a run on a variation of the recipe's architecture.
   *
   * @param base what the recipe's paths are relative to
   * @param variation from the preset's or the bundle's architecture to the one that is trained
   * @param console shows the progress
   */
  public RecipeTrainer(
      Recipe recipe, Path base, UnaryOperator<FlamingoConfig> variation, PrintStream console) {
    this.recipe = recipe;
    this.base = base;
    this.variation = variation;
    this.console = console;
  }

  /**
   * Trains, going on where an earlier run in the same folder stopped.
   *
   * @param folder receives checkpoints, {@code metrics.jsonl}, a picture of each stage's learning
   *     curve, and the folder {@code bundle}
   * @return the bundle
   * @throws IOException if the folder cannot be written or a corpus cannot be opened
   * @throws InterruptedException if the thread is interrupted
   */
  public Bundle train(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Origin origin = Origin.of(recipe, base);
    Path tokenizerFile = folder.resolve("tokenizer.json");
    if (!Files.exists(tokenizerFile)) {
      Files.writeString(tokenizerFile, tokenizerJson(origin));
    }
    String tokenizerJson = Files.readString(tokenizerFile);
    TrainingCheckpoint checkpoint =
        new TrainingCheckpoint(folder, STORE_EVERY, InstantSource.system());
    try (Tokenizer tokenizer = Tokenizer.open(tokenizerFile, origin.specialTokens())) {
      FlamingoConfig config = variation.apply(origin.architecture(tokenizer.size()));
      Weights stored = checkpoint.latest(recipe.stages().stream().map(StageRecipe::name).toList());
      ParameterSource first =
          ParameterSource.of(
              origin.weights(config, tokenizerJson), ParameterSource.random(recipe.seed()));
      try (TrainedModel model = new TrainedModel(config, ParameterSource.of(stored, first))) {
        for (StageRecipe stage : recipe.stages()) {
          run(stage, model, tokenizer, origin, checkpoint, folder);
        }
        BundleManifest manifest =
            BundleManifest.of(
                recipe.name(),
                config,
                origin.preprocessing(),
                origin.specialTokens(),
                provenance(origin));
        return new BundleWriter(StoredType.F16)
            .write(folder.resolve("bundle"), manifest, tokenizerJson, model.weights());
      }
    }
  }

  private void run(
      StageRecipe stage,
      TrainedModel model,
      Tokenizer tokenizer,
      Origin origin,
      TrainingCheckpoint checkpoint,
      Path folder)
      throws IOException {
    if (checkpoint.finished(stage.name())) {
      return;
    }
    Path metrics = folder.resolve(METRICS);
    try (RecipeStage running =
        new RecipeStage(
            stage,
            model,
            tokenizer,
            origin.preprocessing(),
            opener(model.config()),
            recipe.seed())) {
      Progress progress = new Progress(console, metrics, InstantSource.system());
      new StageRunner(model.manager(), model.parameters(), checkpoint, progress)
          .run(running.stage());
      running.health().forEach(console::println);
    }
    new LearningCurve().draw(metrics, stage.name(), folder.resolve(stage.name() + ".png"));
  }

  private CorpusOpener opener(FlamingoConfig config) {
    return new CorpusOpener(base, config.imageSize(), config.windowFrames());
  }

  private String tokenizerJson(Origin origin) throws IOException, InterruptedException {
    if (origin instanceof Origin.Earlier earlier) {
      return Files.readString(earlier.bundle().directory().resolve("tokenizer.json"));
    }
    String given = recipe.tokenizer();
    if (given != null) {
      return Files.readString(base.resolve(given));
    }
    WordLevelTokenizerJson json = new WordLevelTokenizerJson(origin.specialTokens());
    Vocabulary vocabulary = new Vocabulary(json);
    CorpusOpener opener = opener(origin.architecture(json.size(0)));
    List<CorpusRecipe> corpora =
        recipe.stages().stream().flatMap(stage -> stage.corpora().stream()).toList();
    for (CorpusRecipe each : corpora) {
      try (Corpus corpus = opener.open(each)) {
        vocabulary.add(corpus);
      }
    }
    return json.write(vocabulary.words(recipe.words()));
  }

  private Map<String, String> provenance(Origin origin) {
    Map<String, String> provenance = new TreeMap<>(origin.provenance());
    provenance.put("trained-by", "flamingo train");
    provenance.put("seed", Long.toString(recipe.seed()));
    return provenance;
  }
}
