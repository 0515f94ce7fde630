package dev.flamingo.standalone.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.standalone.Installation;
import dev.flamingo.training.benchmark.Benchmark;
import dev.flamingo.training.benchmark.BenchmarkFolder;
import dev.flamingo.training.benchmark.BenchmarkQuestions;
import dev.flamingo.training.benchmark.BenchmarkResult;
import dev.flamingo.training.benchmark.BenchmarkRun;
import dev.flamingo.training.benchmark.EngineModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures a model on one of the benchmarks that others publish. */
@Command(
    description = "Measures a model on this public benchmark.",
    mixinStandardHelpOptions = true)
final class BenchmarkCommand implements Callable<Integer> {

  private static final int CAPTION_TOKENS = 32;
  private static final int ANSWER_TOKENS = 12;

  private final Benchmark benchmark;

  @Mixin private final ModelOption model;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "the benchmark's files, as its authors publish them")
  private Path data;

  @Option(
      names = "--shots",
      paramLabel = "N",
      defaultValue = "0",
      description = "examples before each question; default: ${DEFAULT-VALUE}")
  private int shots;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "ask only the first N questions; default: all")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "which examples; default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(names = "--json", description = "print the score as JSON")
  private boolean json;

  BenchmarkCommand(Installation installation, Benchmark benchmark) {
    this.benchmark = benchmark;
    model = new ModelOption(installation);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (shots < 0 || shots > 64) {
      throw new ParameterException(
          spec.commandLine(), "--shots %d is not within 0 and 64".formatted(shots));
    }
    if (limit < 1) {
      throw new ParameterException(
          spec.commandLine(), "--limit %d is below 1: ask at least one".formatted(limit));
    }
    BenchmarkFolder folder = new BenchmarkFolder(data);
    BenchmarkQuestions questions = BenchmarkQuestions.read(benchmark, folder, shots, limit);
    boolean captions = benchmark.metric().label().startsWith("cider");
    BenchmarkResult result;
    try (FlamingoEngine engine = model.engine();
        EngineModel asked = new EngineModel(engine, captions ? CAPTION_TOKENS : ANSWER_TOKENS);
        ProgressBar bar =
            new ProgressBarBuilder()
                .setTaskName(benchmark.label())
                .setInitialMax(questions.items().size())
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build()) {
      result = new BenchmarkRun(asked, shots, seed).run(benchmark, questions, bar::stepTo);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(result));
    } else {
      out.printf(Locale.ROOT, "%-22s %.2f%n", result.metric(), result.score());
      out.printf(Locale.ROOT, "%-22s %d%n", "shots", result.shots());
      out.printf(Locale.ROOT, "%-22s %d%n", "asked", result.items());
      out.printf(Locale.ROOT, "%-22s %d%n", "could not be asked", result.unasked());
    }
    return 0;
  }
}
