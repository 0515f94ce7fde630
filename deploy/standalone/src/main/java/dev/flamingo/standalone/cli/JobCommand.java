package dev.flamingo.standalone.cli;

import dev.flamingo.job.EmbeddedJob;
import dev.flamingo.job.JobConfig;
import dev.flamingo.job.answer.AnswerLimits;
import dev.flamingo.job.model.FlamingoModelProvider;
import dev.flamingo.standalone.FolderLock;
import dev.flamingo.standalone.Installation;
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
final class JobCommand implements Callable<Integer> {

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  @Spec private CommandSpec spec;

  @Mixin private final KafkaOption kafka = new KafkaOption();

  @Mixin private final ModelOption model;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/job",
      description = "holds the checkpoints; default: ${DEFAULT-VALUE}")
  private Path data;

  @Option(
      names = "--hold-unfamiliar-captions",
      description = "write no caption of a picture that is not like what the model was trained on")
  private boolean holdUnfamiliar;

  JobCommand(Installation installation) {
    model = new ModelOption(installation);
  }

  @Override
  public Integer call() throws Exception {
    FlamingoModelProvider provider = model.provider();
    kafka.createTopics();
    JobConfig config =
        JobConfig.of(kafka.bootstrap(), data.toAbsolutePath().toString())
            .withPrefix(kafka.topics().prefix())
            .withAnswers(AnswerLimits.DEFAULT.withHoldUnfamiliar(holdUnfamiliar));
    try (ShutdownSignal signal = new ShutdownSignal();
        FolderLock lock = FolderLock.take(data);
        EmbeddedJob job = EmbeddedJob.start(config, provider)) {
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
