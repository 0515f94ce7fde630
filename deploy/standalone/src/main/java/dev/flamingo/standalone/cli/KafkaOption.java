package dev.flamingo.standalone.cli;

import dev.flamingo.events.TopicCreator;
import dev.flamingo.events.Topics;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Option;

/** Which Kafka a service works against. */
final class KafkaOption {

  private static final int LONGEST_MILLIS = 10_000;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      defaultValue = "${FLAMINGO_KAFKA:-localhost:9092}",
      description = "kafka's address, also by FLAMINGO_KAFKA; default: ${DEFAULT-VALUE}")
  private String bootstrap;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = Topics.DEFAULT_PREFIX,
      description = "what the topics' names begin with; default: ${DEFAULT-VALUE}")
  private String prefix;

  @Option(
      names = "--replication",
      paramLabel = "N",
      defaultValue = "1",
      description = "copies of topics that are created; default: ${DEFAULT-VALUE}")
  private short replication;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description = "partitions of topics that are created; default: ${DEFAULT-VALUE}")
  private int partitions;

  String bootstrap() {
    return bootstrap;
  }

  Topics topics() {
    return new Topics(prefix);
  }

  /**
   * Creates the topics that are missing.
   *
   * @throws IOException if no Kafka answers
   * @throws InterruptedException if interrupted
   */
  void createTopics() throws IOException, InterruptedException {
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LONGEST_MILLIS / 2,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LONGEST_MILLIS);
    try (Admin admin = Admin.create(settings)) {
      admin.describeCluster().clusterId().get();
      new TopicCreator(admin).create(topics().definitions(partitions, replication));
    } catch (ExecutionException | KafkaException e) {
      throw new IOException(
          "no kafka answers at %s: start one, or name another with --kafka".formatted(bootstrap),
          e);
    }
  }
}
