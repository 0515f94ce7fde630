package dev.flamingo.standalone.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.training.familiarity.FamiliarityExam;
import dev.flamingo.training.familiarity.FamiliarityScores;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "familiar",
    description = {
      "Measures whether a street bundle tells what it was trained on from other things:",
      "how many of unseen clips, of other pictures and of made-up questions are flagged."
    })
final class EvalFamiliarCommand implements Callable<Integer> {

  @Mixin private final ConfigOption config;

  @Mixin private final ModelOption model;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "which clips; default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--clips",
      paramLabel = "N",
      defaultValue = "1000",
      description = "how many of the street; default: ${DEFAULT-VALUE}")
  private int clips;

  @Option(
      names = "--footage",
      paramLabel = "DIR",
      description = "a folder of pictures and videos of other things; a file counts once")
  private @Nullable Path footage;

  @Option(names = "--json", description = "print the scores as JSON")
  private boolean json;

  EvalFamiliarCommand(Home home) {
    config = new ConfigOption(home);
    model = new ModelOption(config);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (clips < 1) {
      throw new ParameterException(
          spec.commandLine(), "--clips %d is below 1: take at least one".formatted(clips));
    }
    if (footage != null && !Files.isDirectory(footage)) {
      throw new ParameterException(
          spec.commandLine(), "--footage %s is no folder: name one".formatted(footage));
    }
    FamiliarityScores scores;
    try (FlamingoEngine engine = model.engine();
        ProgressBar bar =
            new ProgressBarBuilder()
                .setTaskName("clips")
                .setInitialMax(clips)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build()) {
      scores = new FamiliarityExam(engine).run(seed, clips, footage, bar::stepTo);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(scores));
    } else {
      print(scores, out);
    }
    return 0;
  }

  private static void print(FamiliarityScores scores, PrintWriter out) {
    out.println("flagged as unfamiliar");
    row(out, scores.street());
    scores.like().forEach(like -> row(out, like));
    row(out, scores.others());
    clips(out, scores.unfamiliar());
    clips(out, scores.footage());
    scores.unread().forEach(file -> out.printf("  not read: %s%n", file));
    row(out, scores.questions());
    row(out, scores.madeUp());
    scores.passed().forEach(question -> out.printf("  not flagged: %s%n", question));
  }

  private static void row(PrintWriter out, FamiliarityScores.Flagged flagged) {
    out.printf("%-24s %s%n", flagged.name(), flagged.text());
  }

  private static void clips(PrintWriter out, List<FamiliarityScores.Clip> clips) {
    clips.forEach(
        clip ->
            out.printf(
                "  %-34s %.3f%s%n",
                clip.name(), clip.familiarity(), clip.flagged() ? "" : "  not flagged"));
  }
}
