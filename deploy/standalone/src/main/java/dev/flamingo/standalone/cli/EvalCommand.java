package dev.flamingo.standalone.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.training.street.QuantizationExam;
import dev.flamingo.training.street.QuantizationScores;
import dev.flamingo.training.street.StreetEvaluation;
import dev.flamingo.training.street.StreetScores;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "eval",
    description = {
      "Measures a model on clips that it never saw.",
      "With --quantize, on the same clips also with its weights as they are."
    })
final class EvalCommand implements Callable<Integer> {

  private static final int MOST_SHOTS = 32;

  @Mixin private final ConfigOption config;

  @Mixin private final ModelOption model;

  @Spec private CommandSpec spec;

  // Not required: a subcommand stands in its place.
  @Parameters(
      paramLabel = "street",
      arity = "0..1",
      converter = StreetConverter.class,
      description = "what to measure on: the street")
  private @Nullable String what;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "which clips; default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--clips",
      paramLabel = "N",
      defaultValue = "500",
      description = "how many; default: ${DEFAULT-VALUE}")
  private int clips;

  @Option(
      names = "--shots",
      paramLabel = "N",
      split = ",",
      defaultValue = "0,2,4,8",
      description = "after how many shots glyphs are named, 0 to 32; default: ${DEFAULT-VALUE}")
  private List<Integer> shots = List.of();

  @Option(names = "--json", description = "print the scores as JSON")
  private boolean json;

  /** Complains of a name before it complains of the options that belong to it. */
  static final class StreetConverter implements ITypeConverter<String> {
    @Override
    public String convert(String name) {
      if (name.equals("street")) {
        return name;
      }
      throw new TypeConversionException(
          "unknown benchmark '%s': measure on street or take a subcommand".formatted(name));
    }
  }

  EvalCommand(Home home) {
    config = new ConfigOption(home);
    model = new ModelOption(config);
  }

  @Override
  public Integer call() throws IOException {
    if (what == null) {
      throw new ParameterException(
          spec.commandLine(), "missing what to measure on: name the street or a subcommand");
    }
    if (clips < 1) {
      throw new ParameterException(
          spec.commandLine(), "--clips %d is below 1: take at least one".formatted(clips));
    }
    for (int count : shots) {
      if (count < 0 || count > MOST_SHOTS) {
        throw new ParameterException(
            spec.commandLine(), "--shots %d is not between 0 and %d".formatted(count, MOST_SHOTS));
      }
    }
    if (model.namesQuantization() && model.quantization() != Quantization.NONE) {
      QuantizationScores scores = compared();
      report(scores, report -> report.print(scores));
    } else {
      StreetScores scores = scores();
      report(scores, report -> report.print(scores));
    }
    return 0;
  }

  private StreetScores scores() throws IOException {
    try (FlamingoEngine engine = model.engine();
        ProgressBar bar = progress(clips)) {
      return new StreetEvaluation(engine).run(seed, clips, shots, bar::stepTo);
    }
  }

  private QuantizationScores compared() throws IOException {
    try (FlamingoEngine plain = model.plainEngine();
        FlamingoEngine quantized = model.engine();
        ProgressBar bar = progress(2L * clips)) {
      return new QuantizationExam(plain, quantized).run(seed, clips, shots, bar::stepTo);
    }
  }

  private static ProgressBar progress(long clips) {
    return new ProgressBarBuilder()
        .setTaskName("clips")
        .setInitialMax(clips)
        .setConsumer(new ConsoleProgressBarConsumer(System.err))
        .build();
  }

  private void report(Record scores, Consumer<StreetReport> table) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(scores));
    } else {
      table.accept(new StreetReport(out));
    }
  }
}
