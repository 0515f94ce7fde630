package dev.flamingo.standalone.demo;

import dev.flamingo.events.KafkaConfig;
import dev.flamingo.events.TopicsConfig;
import dev.flamingo.gateway.GatewayConfig;
import dev.flamingo.ingest.IngestConfig;
import dev.flamingo.job.JobConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * What a demo shows, and how its parts work. Where they find Kafka and keep their data the demo
 * decides itself.
 *
 * @param kafkaPort Kafka's port
 * @param data the folder of everything that outlives a restart
 * @param streams what is watched beside what was registered before; where there is neither, the
 *     street
 * @param topics names and layout of the topics
 * @param ingest the ingest part
 * @param job the job
 * @param gateway the gateway
 */
public record DemoConfig(
    int kafkaPort,
    Path data,
    List<DemoStream> streams,
    TopicsConfig topics,
    IngestConfig ingest,
    JobConfig job,
    GatewayConfig gateway) {

  /** Copies the streams. */
  public DemoConfig {
    streams = List.copyOf(streams);
  }

  /**
   * Returns the usual one.
   *
   * @param port the page's port; 0 for any that is free
   */
  public static DemoConfig usual(int port, int kafkaPort, Path data, List<DemoStream> streams) {
    return new DemoConfig(
        kafkaPort,
        data,
        streams,
        TopicsConfig.DEFAULT,
        IngestConfig.of(KafkaConfig.LOCAL),
        JobConfig.of(KafkaConfig.LOCAL, data.toString()),
        GatewayConfig.of(KafkaConfig.LOCAL, port, data));
  }
}
