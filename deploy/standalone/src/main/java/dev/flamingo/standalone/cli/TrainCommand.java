package dev.flamingo.standalone.cli;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.training.recipe.Recipe;
import dev.flamingo.training.recipe.RecipeReader;
import dev.flamingo.training.recipe.RecipeTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "train",
    description = "Trains a model; a run that was interrupted goes on where it stopped.")
final class TrainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  // Not required: a subcommand stands in its place.
  @Parameters(
      paramLabel = "RECIPE",
      arity = "0..1",
      description = "a file that says what is trained on which corpora")
  private @Nullable Path recipe;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "receives checkpoints, metrics, learning curves and the folder bundle")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path file = recipe;
    Path folder = out;
    if (file == null || folder == null) {
      throw new ParameterException(
          spec.commandLine(), "missing what to train: name a recipe and --out, or a subcommand");
    }
    Recipe read = new RecipeReader().read(file);
    Path base = file.toAbsolutePath().resolveSibling("");
    Bundle bundle = new RecipeTrainer(read, base, System.err).train(folder);
    spec.commandLine().getOut().println(bundle.directory());
    return 0;
  }
}
