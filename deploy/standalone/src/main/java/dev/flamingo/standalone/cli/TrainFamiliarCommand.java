package dev.flamingo.standalone.cli;

import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.bundle.BundleWriter;
import dev.flamingo.model.familiarity.Familiarity;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.training.street.StreetFamiliarity;
import java.io.IOException;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "familiar",
    description = {
      "Adds to a street bundle what its training looked like, so that answers say how familiar",
      "their picture and question are. The weights stay as they are."
    })
final class TrainFamiliarCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private final ConfigOption config;

  @Mixin private final ModelOption model;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "which clips of the street; default: ${DEFAULT-VALUE}")
  private long seed;

  TrainFamiliarCommand(Home home) {
    config = new ConfigOption(home);
    model = new ModelOption(config);
  }

  @Override
  public Integer call() throws IOException {
    // Its statistics so far may be of a form that is no longer read.
    Bundle bundle = model.bundle().withoutFamiliarity();
    Familiarity familiarity;
    try (FlamingoEngine engine = model.plainEngine(bundle);
        ProgressBar bar =
            new ProgressBarBuilder()
                .setTaskName("clips")
                .setInitialMax(StreetFamiliarity.CLIPS)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build()) {
      familiarity = new StreetFamiliarity(engine).fit(seed, bar::stepTo);
    }
    BundleWriter.addFamiliarity(bundle, familiarity, StreetFamiliarity.SUGGESTIONS);
    spec.commandLine().getOut().println(bundle.directory());
    return 0;
  }
}
