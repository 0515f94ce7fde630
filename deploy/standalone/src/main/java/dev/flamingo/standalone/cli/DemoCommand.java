package dev.flamingo.standalone.cli;

import dev.flamingo.gateway.Access;
import dev.flamingo.job.model.FlamingoModelProvider;
import dev.flamingo.standalone.DataFolder;
import dev.flamingo.standalone.Installation;
import dev.flamingo.standalone.NamedSource;
import dev.flamingo.standalone.demo.Demo;
import dev.flamingo.standalone.demo.DemoConfig;
import dev.flamingo.standalone.demo.DemoStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description = "Runs everything in one process, with a street camera to watch.")
final class DemoCommand implements Callable<Integer> {

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  @Spec private CommandSpec spec;

  @Mixin private final ModelOption model;

  @Mixin private final AccessOption access = new AccessOption(System.getenv());

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = PortConverter.class,
      defaultValue = "8080",
      description = "the page's port; default: ${DEFAULT-VALUE}")
  private int port;

  @Option(
      names = "--kafka-port",
      paramLabel = "N",
      converter = PortConverter.class,
      defaultValue = "9092",
      description = "kafka's port; default: ${DEFAULT-VALUE}")
  private int kafkaPort;

  @Option(
      names = "--source",
      paramLabel = "URI",
      description =
          "what to watch: street:, a file, rtsp://, http://, /dev/videoN and others, or NAME=URI;"
              + " repeatable; default: what --data keeps, or street:")
  private List<String> sources = List.of();

  @Mixin private final SourcesOption moreSources = new SourcesOption(System.getenv());

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "keeps streams, frames and answers for the next start; default: a temporary folder that"
              + " is deleted at the end")
  private @Nullable Path data;

  @Option(
      names = "--hold-unfamiliar-captions",
      description = "show no caption of a picture that is not like what the model was trained on")
  private boolean holdUnfamiliar;

  DemoCommand(Installation installation) {
    model = new ModelOption(installation);
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    // What is wrong with the options, the model or a source is reported before anything starts.
    Access allowed = access.access();
    FlamingoModelProvider provider = model.provider();
    List<DemoStream> streams = DemoStream.of(sources());
    try (ShutdownSignal signal = new ShutdownSignal();
        DataFolder folder = DataFolder.of(data);
        Demo demo =
            Demo.start(
                new DemoConfig(
                    access.host(),
                    allowed,
                    port,
                    kafkaPort,
                    folder.path(),
                    streams,
                    holdUnfamiliar),
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
