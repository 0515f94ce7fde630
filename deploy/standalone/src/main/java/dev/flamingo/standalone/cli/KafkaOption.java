package dev.flamingo.standalone.cli;

import dev.flamingo.events.TopicCreator;
import dev.flamingo.events.Topics;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import picocli.CommandLine.Option;

/** Which Kafka a service works against. */
final class KafkaOption {

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

  void createTopics() throws InterruptedException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
      new TopicCreator(admin).create(topics().definitions(partitions, replication));
    }
  }
}
