package dev.flamingo.training.ablation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.checkpoint.StoredWeights;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.training.optimize.Mixture;
import dev.flamingo.training.recipe.CorpusRecipe;
import dev.flamingo.training.recipe.Recipe;
import dev.flamingo.training.recipe.RecipeTrainer;
import dev.flamingo.training.recipe.StageRecipe;
import dev.flamingo.training.run.Part;
import dev.flamingo.training.street.AblationExam;
import dev.flamingo.training.street.AblationScores;
import dev.flamingo.training.street.StreetExport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;

/**
 * Trains a small model once per row of the paper's ablation tables and asks each the same. A row
 * that is done is not done again, one that was interrupted goes on.
 */
public final class Ablation {

  private static final String SEE = "see";
  private static final double RATE = 2e-3;
  private static final int GATE_RATE = 10;
  private static final int LONG = 192;

  private final AblationPlan plan;
  private final PrintStream console;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * Prepares to train.
   *
   * @param console shows the progress
   */
  public Ablation(AblationPlan plan, PrintStream console) {
    this.plan = plan;
    this.console = console;
  }

  /**
   * Trains and asks the rows that are not done yet.
   *
   * @param folder receives the corpora, a folder for each row, and the table
   * @return the results of all rows that are done, in the tables' order
   * @throws IOException if the folder cannot be written
   * @throws InterruptedException if the thread is interrupted
   */
  public List<AblationResult> run(Path folder, List<AblationRow> rows)
      throws IOException, InterruptedException {
    export(folder.resolve("data"));
    for (AblationRow row : rows) {
      Path own = Files.createDirectories(folder.resolve("rows").resolve(row.id()));
      Path result = own.resolve("result.json");
      if (!Files.exists(result)) {
        console.println("row " + row.id());
        json.writeValue(result.toFile(), result(row, folder.resolve("data"), own));
      }
      new AblationTable(plan).write(results(folder), folder);
    }
    return results(folder);
  }

  private void export(Path data) throws IOException {
    if (Files.exists(data)) {
      return;
    }
    // An export that was cut short is begun again: a folder is there whole or not at all.
    Path part = Files.createTempDirectory(data.toAbsolutePath().getParent(), "data");
    new StreetExport(part, plan.seed(), plan.examples()).write(done -> {});
    Files.move(part, data);
  }

  private AblationResult result(AblationRow row, Path data, Path own)
      throws IOException, InterruptedException {
    Recipe recipe = row.recipe().apply(baseline());
    UnaryOperator<FlamingoConfig> architecture =
        config ->
            row.architecture()
                .apply(config.resamplingBy(config.resampler().returning(plan.latents())));
    Bundle bundle = new RecipeTrainer(recipe, data, architecture, console).train(own);
    try (FlamingoEngine engine =
        FlamingoEngine.open(bundle, EngineOptions.cachedIn(own.resolve("graphs")))) {
      AblationScores scores = new AblationExam(engine).run(plan.seed(), plan.asked());
      return new AblationResult(
          row.id(), parameters(bundle), seconds(own.resolve("metrics.jsonl")), scores);
    }
  }

  private Recipe baseline() {
    StageRecipe stage =
        new StageRecipe(
            SEE,
            StageRecipe.Goal.TEXT,
            EnumSet.of(Part.RESAMPLER, Part.CROSS_ATTENTION),
            plan.steps(),
            RATE,
            Math.min(30, plan.steps() / 10),
            0.1,
            0.1,
            GATE_RATE,
            1,
            Mixture.ACCUMULATE,
            List.of(
                corpus(CorpusRecipe.Kind.PAGES, "pages", 6, 1, 0.5),
                corpus(CorpusRecipe.Kind.PAIRS, "pairs-short", 12, 0.2, 0),
                corpus(CorpusRecipe.Kind.PAIRS, "pairs-long", 12, 0.2, 0),
                corpus(CorpusRecipe.Kind.VIDEOS, "videos", 3, 0.2, 0)));
    return new Recipe(
        "ablation",
        plan.seed(),
        plan.bundle().directory().toAbsolutePath().toString(),
        EnumSet.of(Part.ENCODER, Part.LANGUAGE),
        null,
        null,
        1,
        List.of(stage));
  }

  private static CorpusRecipe corpus(
      CorpusRecipe.Kind kind, String data, int batch, double weight, double nextMedium) {
    return new CorpusRecipe(
        kind,
        data,
        batch,
        weight,
        LONG,
        9,
        nextMedium,
        0,
        true,
        false,
        false,
        List.of(),
        List.of());
  }

  private static long parameters(Bundle bundle) throws IOException {
    long parameters = 0;
    try (StoredWeights weights = bundle.weights()) {
      for (String name : weights.names()) {
        parameters += weights.tensor(name).size();
      }
    }
    return parameters;
  }

  private double seconds(Path metrics) throws IOException {
    List<Double> seconds = new ArrayList<>();
    for (String line : Files.readAllLines(metrics)) {
      JsonNode node = json.readTree(line);
      // The first line of a run is that of its first step, which warms up.
      if (node.path("stage").asText().equals(SEE) && node.path("step").asInt() > 0) {
        seconds.add(node.path("seconds").asDouble());
      }
    }
    double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0
        ? 0
        : DoubleStream.of(sorted).skip(sorted.length / 2).findFirst().orElse(0);
  }

  private List<AblationResult> results(Path folder) throws IOException {
    List<AblationResult> results = new ArrayList<>();
    for (AblationRow row : AblationRows.all()) {
      Path result = folder.resolve("rows").resolve(row.id()).resolve("result.json");
      if (Files.exists(result)) {
        results.add(json.readValue(result.toFile(), AblationResult.class));
      }
    }
    return results;
  }
}
