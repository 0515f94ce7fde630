package dev.flamingo.standalone.cli;

import dev.flamingo.job.EmbeddedJob;
import dev.flamingo.job.model.FlamingoModelProvider;
import dev.flamingo.standalone.FlamingoSettings;
import dev.flamingo.standalone.FolderLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "job",
    description = "Answers questions and captions streams: the Flink job.",
    footer = {
      "",
      "Runs on a Flink of its own in this process. On a Flink cluster (version 2.2), with",
      "the bundle at the same place on all its machines:",
      "",
      "  mvn -Pcluster -DskipTests -pl inference/job -am package",
      "  flink run inference/job/target/flamingo-job-cluster.jar \\",
      "    --bootstrap HOST:PORT --bundle DIR --graph-cache DIR --checkpoints URI \\",
      "    [--prefix flamingo.] [--group flamingo.job] [--parallelism 1] [--threads 2] [--device cpu]",
      "    [--quantize auto] [--hold-unfamiliar-captions false]",
      "",
      "State lies on the heap unless the cluster's state.backend.type is rocksdb."
    })
@SuppressWarnings("unused") // flags, which ConfigOption reads
final class JobCommand implements Callable<Integer> {

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  @Spec private CommandSpec spec;

  @Mixin private final ConfigOption config;

  @Mixin private final KafkaFlags kafka = new KafkaFlags();

  @Mixin private final ModelOption model;

  @Option(names = "--data", paramLabel = "DIR", descriptionKey = "job.checkpoints")
  private String data;

  @Option(names = "--hold-unfamiliar-captions", descriptionKey = "job.answers.hold.unfamiliar")
  private boolean holdUnfamiliar;

  JobCommand(Home home) {
    config = new ConfigOption(home);
    model = new ModelOption(config);
  }

  @Override
  public Integer call() throws Exception {
    FlamingoSettings settings = config.read();
    FlamingoModelProvider provider = model.provider();
    new TopicSetup(settings.kafka(), settings.topics()).create();
    try (ShutdownSignal signal = new ShutdownSignal();
        FolderLock lock = FolderLock.take(Path.of(settings.job().checkpoints()));
        EmbeddedJob job = EmbeddedJob.start(settings.job(), provider)) {
      boolean ready = false;
      while (!signal.asked(LOOK_EVERY)) {
        boolean running = job.isRunning();
        if (running && !ready) {
          spec.commandLine().getOut().println("ready");
          spec.commandLine().getOut().flush();
          ready = true;
        }
      }
      return signal.status();
    }
  }
}
