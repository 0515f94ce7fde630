package dev.flamingo.standalone.cli;

import dev.flamingo.ingest.IngestConfig;
import dev.flamingo.ingest.IngestService;
import dev.flamingo.ingest.video.FrameSourceOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "ingest", description = "Samples the registered cameras and files into Kafka.")
final class IngestCommand implements Callable<Integer> {

  @Mixin private final KafkaOption kafka = new KafkaOption();

  @Option(names = "--fast", description = "read files as fast as possible")
  private boolean fast;

  @Override
  public Integer call() throws IOException, InterruptedException {
    kafka.createTopics();
    IngestConfig config =
        IngestConfig.of(kafka.bootstrap())
            .withPrefix(kafka.topics().prefix())
            .withFrames(FrameSourceOptions.defaults().withFast(fast));
    try (ShutdownSignal signal = new ShutdownSignal();
        IngestService service = new IngestService(config)) {
      signal.await();
      return signal.status();
    }
  }
}
