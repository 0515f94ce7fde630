package dev.flamingo.standalone.cli;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.training.street.StreetBudget;
import dev.flamingo.training.street.StreetTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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

  @Parameters(paramLabel = "street", description = "what to train: the street model")
  private String what;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "receives checkpoints, metrics and the folder bundle")
  private Path out;

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

  @Override
  public Integer call() throws IOException {
    if (!what.equals("street")) {
      throw new ParameterException(
          spec.commandLine(), "unknown model '%s': train street".formatted(what));
    }
    if (share <= 0 || share > 10) {
      throw new ParameterException(
          spec.commandLine(), "--share %s is not above 0 and up to 10".formatted(share));
    }
    Bundle known = from == null ? null : Bundle.open(from);
    Bundle bundle = new StreetTrainer(budget(), seed, known, System.err).train(out);
    spec.commandLine().getOut().println(bundle.directory());
    return 0;
  }

  private StreetBudget budget() {
    try {
      return StreetBudget.FULL.times(share).with(steps);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }
}
