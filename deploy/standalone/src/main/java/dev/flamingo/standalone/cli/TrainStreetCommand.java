package dev.flamingo.standalone.cli;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.training.recipe.RecipeReader;
import dev.flamingo.training.street.StreetBudget;
import dev.flamingo.training.street.StreetExport;
import dev.flamingo.training.street.StreetPlan;
import dev.flamingo.training.street.StreetTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "street",
    description = "Trains the street model, or writes its world as corpora on disk.")
final class TrainStreetCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Goal goal = new Goal();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "decides all data and first weights; default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--share",
      paramLabel = "F",
      defaultValue = "1",
      description = "a share of the steps, for trials; default: ${DEFAULT-VALUE}")
  private double share;

  @Option(
      names = "--steps",
      paramLabel = "PART=N",
      split = ",",
      description =
          "other numbers than usual: encoder, language, resampler, gated (steps), clips, glyphs")
  private Map<String, Integer> steps = new LinkedHashMap<>();

  @Option(
      names = "--from",
      paramLabel = "BUNDLE",
      description = "goes on from the parts of an earlier bundle, where they fit")
  private @Nullable Path from;

  @Option(
      names = "--withhold-pairs",
      description =
          "shows no held-out pair of colour and kind, to measure composition by; of a bundle that"
              + " was shown them only the language model is taken")
  private boolean withholding;

  @Option(
      names = "--examples",
      paramLabel = "N",
      defaultValue = "1000",
      description = "how many of each form to export; default: ${DEFAULT-VALUE}")
  private int examples;

  /** One of the two is wanted. */
  static final class Goal {
    @Option(
        names = "--out",
        paramLabel = "DIR",
        description = "trains; receives checkpoints, metrics and the folder bundle")
    private @Nullable Path out;

    @Option(
        names = "--export",
        paramLabel = "DIR",
        description = "writes pages, pairs and videos, and a recipe that trains on them")
    private @Nullable Path export;
  }

  @Override
  public Integer call() throws IOException {
    if (share <= 0 || share > 10) {
      throw new ParameterException(
          spec.commandLine(), "--share %s is not above 0 and up to 10".formatted(share));
    }
    if (examples < 1) {
      throw new ParameterException(
          spec.commandLine(), "--examples %d is below 1: take at least one".formatted(examples));
    }
    StreetBudget budget = budget();
    if (goal.export != null) {
      export(goal.export);
      spec.commandLine().getOut().println(goal.export);
    }
    if (goal.out != null) {
      Bundle known = from == null ? null : Bundle.open(from);
      StreetPlan plan = new StreetPlan(budget, seed, known, withholding);
      Bundle bundle = new StreetTrainer(plan, System.err).train(goal.out);
      spec.commandLine().getOut().println(bundle.directory());
    }
    return 0;
  }

  private void export(Path folder) throws IOException {
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("examples")
            .setInitialMax((long) StreetExport.CORPORA * examples)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build()) {
      new StreetExport(folder, seed, examples).write(bar::stepTo);
    }
    Files.writeString(folder.resolve("recipe.json"), RecipeReader.example());
  }

  private StreetBudget budget() {
    try {
      return StreetBudget.FULL.times(share).with(steps);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }
}
