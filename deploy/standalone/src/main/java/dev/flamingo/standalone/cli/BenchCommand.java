package dev.flamingo.standalone.cli;

import dev.flamingo.events.EventJson;
import dev.flamingo.standalone.bench.Bench;
import dev.flamingo.standalone.bench.BenchReport;
import dev.flamingo.standalone.bench.BenchSettings;
import dev.flamingo.standalone.bench.Machine;
import dev.flamingo.standalone.bench.Section;
import dev.flamingo.standalone.bench.SectionResult;
import dev.flamingo.standalone.bench.TableWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes the project's own measurements; not to be confused with {@link BenchmarkCommand}. */
@Command(name = "bench", description = "Measures how fast the project is on this machine.")
final class BenchCommand implements Callable<Integer> {

  private final InstantSource clock;

  @Mixin private final ConfigOption config;

  @Mixin private final ModelOption model;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SECTION",
      arity = "0..*",
      completionCandidates = SectionNames.class,
      description = "${COMPLETION-CANDIDATES}; default: all but soak and weights")
  private List<String> names = List.of();

  @Option(
      names = "--quick",
      description = "small shapes and one round: shows that it works, its figures mean nothing")
  private boolean quick;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "10",
      description = "how long the soak lasts; default: ${DEFAULT-VALUE}")
  private int minutes;

  @Option(
      names = "--video",
      paramLabel = "FILE",
      description = "what is sampled; default: a video that is made for it")
  private @Nullable Path video;

  @Option(names = "--json", description = "print everything as JSON, at the end")
  private boolean json;

  /** The names, for the help. */
  static final class SectionNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Bench.names().iterator();
    }
  }

  BenchCommand(Home home, InstantSource clock) {
    this.clock = clock;
    config = new ConfigOption(home);
    model = new ModelOption(config);
  }

  @Override
  public Integer call() throws Exception {
    model.requireCpu();
    if (minutes < 1) {
      throw new ParameterException(
          spec.commandLine(), "--minutes %d is below 1: take at least one".formatted(minutes));
    }
    List<Section> sections = sections();
    BenchSettings settings = settings();
    PrintWriter out = spec.commandLine().getOut();
    TableWriter table = new TableWriter(out);
    Map<String, SectionResult> results = new LinkedHashMap<>();
    BenchReport report =
        new BenchReport(
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            Machine.here(),
            model.bundle().id(),
            settings.quantization().label(),
            quick,
            Map.of());
    if (!json) {
      table.head(report);
    }
    for (Section section : sections) {
      SectionResult result = section.run(settings);
      results.put(section.name(), result);
      if (!json) {
        table.section(section, result);
      }
    }
    if (json) {
      out.println(EventJson.mapper().writeValueAsString(report.with(results)));
    }
    return 0;
  }

  private List<Section> sections() {
    try {
      return names.isEmpty() ? Bench.usual() : names.stream().map(Bench::named).toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private BenchSettings settings() {
    PrintWriter err = spec.commandLine().getErr();
    return new BenchSettings(
        model.path(),
        model.quantization(),
        model.installation().graphs(),
        quick,
        Duration.ofMinutes(minutes),
        video,
        clock,
        line -> {
          err.println(line);
          err.flush();
        });
  }
}
