package dev.flamingo.standalone.cli;

import dev.flamingo.gateway.Access;
import dev.flamingo.job.model.FlamingoModelProvider;
import dev.flamingo.standalone.DataFolder;
import dev.flamingo.standalone.FlamingoSettings;
import dev.flamingo.standalone.NamedSource;
import dev.flamingo.standalone.demo.Demo;
import dev.flamingo.standalone.demo.DemoConfig;
import dev.flamingo.standalone.demo.DemoStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description = "Runs everything in one process, with a street camera to watch.")
@SuppressWarnings("unused") // flags, which ConfigOption reads
final class DemoCommand implements Callable<Integer> {

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  @Spec private CommandSpec spec;

  @Mixin private final ConfigOption config;

  @Mixin private final ModelOption model;

  @Mixin private final AccessFlags access = new AccessFlags();

  @Option(names = "--kafka-port", paramLabel = "N", descriptionKey = "demo.kafka.port")
  private String kafkaPort;

  @Option(
      names = "--source",
      paramLabel = "URI",
      description =
          "what to watch: street:, a file, rtsp://, http://, /dev/videoN and others, or NAME=URI;"
              + " repeatable; default: what --data keeps, or street:")
  private List<String> sources = List.of();

  @Mixin private final SourcesOption moreSources;

  @Option(names = "--data", paramLabel = "DIR", descriptionKey = "demo.data")
  private String data;

  @Option(names = "--hold-unfamiliar-captions", descriptionKey = "job.answers.hold.unfamiliar")
  private boolean holdUnfamiliar;

  DemoCommand(Home home) {
    config = new ConfigOption(home);
    model = new ModelOption(config);
    moreSources = new SourcesOption(config);
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    // What is wrong with the options, the model or a source is reported before anything starts.
    FlamingoSettings settings = config.read();
    Access allowed = config.access(settings);
    FlamingoModelProvider provider = model.provider();
    List<DemoStream> streams = DemoStream.of(sources());
    try (ShutdownSignal signal = new ShutdownSignal();
        DataFolder folder = DataFolder.of(settings.demo().data().orElse(null));
        Demo demo =
            Demo.start(
                new DemoConfig(
                    settings.demo().kafkaPort(),
                    folder.path(),
                    streams,
                    settings.topics(),
                    settings.ingest(),
                    settings.job(),
                    settings.gateway().withAccess(allowed)),
                provider,
                complaint -> tell(err, complaint))) {
      tell(out, "page   http://localhost:" + demo.port());
      tell(out, "kafka  " + demo.bootstrap());
      if (demo.awaitReady(signal::asked)) {
        tell(out, "ready");
      }
      while (!signal.asked(LOOK_EVERY)) {
        var unused = demo.check();
      }
      return signal.status();
    }
  }

  private List<NamedSource> sources() throws IOException {
    List<NamedSource> all = new ArrayList<>(sources.stream().map(NamedSource::parse).toList());
    all.forEach(moreSources::warn);
    all.addAll(moreSources.sources());
    return all;
  }

  private static void tell(PrintWriter writer, String line) {
    writer.println(line);
    writer.flush();
  }
}
