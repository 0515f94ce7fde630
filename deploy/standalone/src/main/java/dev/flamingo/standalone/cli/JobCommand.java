package dev.flamingo.standalone.cli;

import dev.flamingo.job.EmbeddedJob;
import dev.flamingo.job.JobConfig;
import dev.flamingo.job.model.FlamingoModelProvider;
import dev.flamingo.standalone.Installation;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
      "    [--prefix flamingo.] [--group flamingo.job] [--parallelism 1] [--threads 2]",
      "    [--quantize auto]",
      "",
      "State lies on the heap unless the cluster's state.backend.type is rocksdb."
    })
final class JobCommand implements Callable<Integer> {

  @Mixin private final KafkaOption kafka = new KafkaOption();

  @Mixin private final ModelOption model;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/job",
      description = "holds the checkpoints; default: ${DEFAULT-VALUE}")
  private Path data;

  JobCommand(Installation installation) {
    model = new ModelOption(installation);
  }

  @Override
  public Integer call() throws Exception {
    FlamingoModelProvider provider = model.provider();
    kafka.createTopics();
    JobConfig config =
        JobConfig.of(kafka.bootstrap(), data.toAbsolutePath().toString())
            .withPrefix(kafka.topics().prefix());
    try (ShutdownSignal signal = new ShutdownSignal();
        EmbeddedJob job = EmbeddedJob.start(config, provider)) {
      signal.await();
    }
    return 0;
  }
}
