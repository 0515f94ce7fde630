package dev.flamingo.standalone.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.standalone.Installation;
import dev.flamingo.training.street.StreetEvaluation;
import dev.flamingo.training.street.StreetScores;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
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

@Command(name = "eval", description = "Measures a model on clips that it never saw.")
final class EvalCommand implements Callable<Integer> {

  private static final int MOST_SHOTS = 32;

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

  EvalCommand(Installation installation) {
    model = new ModelOption(installation);
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
    StreetScores scores;
    try (FlamingoEngine engine = model.engine();
        ProgressBar bar =
            new ProgressBarBuilder()
                .setTaskName("clips")
                .setInitialMax(clips)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build()) {
      scores = new StreetEvaluation(engine).run(seed, clips, shots, bar::stepTo);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(scores));
    } else {
      print(scores, out);
    }
    return 0;
  }

  private static void print(StreetScores scores, PrintWriter out) {
    row(out, "overall", scores.overall());
    row(out, "without a picture", scores.blind());
    row(out, "frames shuffled", scores.shuffled());
    row(out, "order, backwards", scores.reversed());
    row(out, "empty streets", scores.empty());
    row(out, "held-out pairs", scores.heldOut());
    row(out, "captions, every word", scores.captions().exact());
    row(out, "calibration error", scores.calibration().error());
    row(out, "right where confident", scores.calibration().confident());
    row(out, "untaught, 0 shots", scores.untaught().zeroShot());
    row(out, "untaught, 4 shots", scores.untaught().fourShot());
    scores
        .fewShot()
        .forEach(
            (count, score) ->
                row(out, "glyphs, %d shots of %d".formatted(count, score.ways()), score.exact()));
    scores.families().forEach((family, share) -> row(out, "  " + family, share));
  }

  private static void row(PrintWriter out, String name, double share) {
    out.printf("%-22s %.3f%n", name, share);
  }
}
