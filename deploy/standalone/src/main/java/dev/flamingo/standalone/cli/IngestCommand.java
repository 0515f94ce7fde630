package dev.flamingo.standalone.cli;

import dev.flamingo.ingest.IngestService;
import dev.flamingo.standalone.FlamingoSettings;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "ingest", description = "Samples the registered cameras and files into Kafka.")
@SuppressWarnings("unused") // flags, which ConfigOption reads
final class IngestCommand implements Callable<Integer> {

  @Mixin private final ConfigOption config;

  @Mixin private final KafkaFlags kafka = new KafkaFlags();

  @Option(names = "--fast", descriptionKey = "ingest.frames.fast")
  private boolean fast;

  IngestCommand(Home home) {
    config = new ConfigOption(home);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    FlamingoSettings settings = config.read();
    new TopicSetup(settings.kafka(), settings.topics()).create();
    try (ShutdownSignal signal = new ShutdownSignal();
        IngestService service = new IngestService(settings.ingest())) {
      signal.await();
      return signal.status();
    }
  }
}
