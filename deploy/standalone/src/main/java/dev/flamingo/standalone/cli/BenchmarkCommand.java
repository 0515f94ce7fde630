package dev.flamingo.standalone.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.training.benchmark.Benchmark;
import dev.flamingo.training.benchmark.BenchmarkFolder;
import dev.flamingo.training.benchmark.BenchmarkItem;
import dev.flamingo.training.benchmark.BenchmarkProtocol;
import dev.flamingo.training.benchmark.BenchmarkQuestions;
import dev.flamingo.training.benchmark.BenchmarkResult;
import dev.flamingo.training.benchmark.BenchmarkRun;
import dev.flamingo.training.benchmark.EncodedMedia;
import dev.flamingo.training.benchmark.EngineModel;
import dev.flamingo.training.benchmark.RandomShots;
import dev.flamingo.training.benchmark.ShotChoice;
import dev.flamingo.training.benchmark.SimilarShots;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
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

  @Mixin private final ConfigOption config;

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

  @Option(
      names = "--rices",
      description = "choose the examples whose pictures are most alike, the likest last")
  private boolean similar;

  @Option(
      names = "--support",
      paramLabel = "N",
      description = "choose examples among any N of the training part; default: all")
  private int support = Integer.MAX_VALUE;

  @Option(
      names = "--ensemble",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "rank candidates after the examples in N orders, the paper in 6; default:"
              + " ${DEFAULT-VALUE}")
  private int orders;

  @Option(names = "--json", description = "print the score as JSON")
  private boolean json;

  BenchmarkCommand(Home home, Benchmark benchmark) {
    this.benchmark = benchmark;
    config = new ConfigOption(home);
    model = new ModelOption(config);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    BenchmarkProtocol protocol = protocol();
    BenchmarkQuestions questions =
        BenchmarkQuestions.read(benchmark, new BenchmarkFolder(data), protocol);
    boolean captions = benchmark.metric().label().startsWith("cider");
    BenchmarkResult result;
    String weights;
    try (FlamingoEngine engine = model.engine()) {
      weights = engine.quantization().label();
      EncodedMedia media = new EncodedMedia(engine);
      EngineModel asked =
          new EngineModel(engine, media, captions ? CAPTION_TOKENS : ANSWER_TOKENS, protocol);
      ShotChoice choice = choice(media, questions.support());
      try (ProgressBar bar = bar(benchmark.label(), questions.items().size())) {
        result =
            new BenchmarkRun(asked, choice, protocol)
                .run(benchmark, questions.items(), bar::stepTo);
      }
    }
    if (json) {
      ObjectNode fields = new ObjectMapper().valueToTree(result);
      spec.commandLine().getOut().println(fields.put("weights", weights));
    } else {
      print(result, weights, spec.commandLine().getOut());
    }
    return 0;
  }

  private BenchmarkProtocol protocol() {
    try {
      return new BenchmarkProtocol(shots, similar, orders, limit, support, seed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private ShotChoice choice(EncodedMedia media, List<BenchmarkItem> examples)
      throws IOException, InterruptedException {
    if (!similar) {
      return new RandomShots(examples, seed);
    }
    try (ProgressBar bar = bar("examples", examples.size())) {
      return SimilarShots.of(media, examples, bar::stepTo);
    }
  }

  private static ProgressBar bar(String name, int most) {
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setInitialMax(most)
        .setConsumer(new ConsoleProgressBarConsumer(System.err))
        .build();
  }

  private static void print(BenchmarkResult result, String weights, PrintWriter out) {
    out.printf(Locale.ROOT, "%-22s %s%n", "weights", weights);
    out.printf(Locale.ROOT, "%-22s %.2f%n", result.metric(), result.score());
    out.printf(Locale.ROOT, "%-22s %d%n", "shots", result.shots());
    out.printf(
        Locale.ROOT,
        "%-22s %.2f%n",
        result.shots() == 0 ? "shown as text alone" : "shown on average",
        result.shown());
    out.printf(Locale.ROOT, "%-22s %d%n", "asked", result.items());
    out.printf(Locale.ROOT, "%-22s %d%n", "could not be asked", result.unasked());
    if (result.why() != null) {
      out.printf(Locale.ROOT, "%-22s %s%n", "  the first since", result.why());
    }
  }
}
