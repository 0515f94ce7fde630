package dev.flamingo.standalone.cli;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.training.ablation.Ablation;
import dev.flamingo.training.ablation.AblationPlan;
import dev.flamingo.training.ablation.AblationRow;
import dev.flamingo.training.ablation.AblationRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "ablation",
    description =
        "Trains a small model once per row of the paper's ablation tables, those not done yet.")
final class TrainAblationCommand implements Callable<Integer> {

  @Mixin private final ConfigOption config;

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "receives the corpora, a folder for each row, table.md and table.json")
  private Path out;

  @Option(
      names = "--from",
      paramLabel = "BUNDLE",
      description = "whose encoder and language model rows begin with; default: the shipped one")
  private @Nullable Path from;

  @Option(
      names = "--rows",
      paramLabel = "ROW",
      split = ",",
      description = "some rows only, by their names; default: all")
  private List<String> rows = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "decides all data and first weights; default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "800",
      description = "updates of every row; default: ${DEFAULT-VALUE}")
  private int steps;

  @Option(
      names = "--latents",
      paramLabel = "N",
      defaultValue = "16",
      description =
          "visual tokens of each model, which decide a step's time; default: ${DEFAULT-VALUE}")
  private int latents;

  @Option(
      names = "--examples",
      paramLabel = "N",
      defaultValue = "6000",
      description = "in each corpus; default: ${DEFAULT-VALUE}")
  private int examples;

  @Option(
      names = "--asked",
      paramLabel = "N",
      defaultValue = "200",
      description = "frames and clips that each model is asked about; default: ${DEFAULT-VALUE}")
  private int asked;

  TrainAblationCommand(Home home) {
    config = new ConfigOption(home);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (steps < 1 || latents < 1 || examples < 1 || asked < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--steps %d, --latents %d, --examples %d and --asked %d: give at least 1 of each"
              .formatted(steps, latents, examples, asked));
    }
    List<AblationRow> wanted =
        AblationRows.all().stream()
            .filter(row -> rows.isEmpty() || rows.contains(row.id()))
            .toList();
    if (wanted.size() < rows.size()) {
      throw new ParameterException(
          spec.commandLine(),
          "some of --rows %s are unknown: choose of %s"
              .formatted(rows, AblationRows.all().stream().map(AblationRow::id).toList()));
    }
    Bundle bundle = Bundle.open(from == null ? config.read().installation().bundle() : from);
    AblationPlan plan = new AblationPlan(bundle, seed, steps, latents, examples, asked);
    Files.createDirectories(out);
    new Ablation(plan, System.err).run(out, wanted);
    spec.commandLine().getOut().print(Files.readString(out.resolve("table.md")));
    return 0;
  }
}
