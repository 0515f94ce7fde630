package dev.flamingo.standalone.cli;

import dev.flamingo.events.KafkaConfig;
import dev.flamingo.events.TopicCreator;
import dev.flamingo.events.TopicsConfig;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Creates the topics that are missing before a service starts, which also finds out whether Kafka
 * can be reached.
 *
 * @param kafka the way to Kafka
 * @param topics names and layout
 */
record TopicSetup(KafkaConfig kafka, TopicsConfig topics) {

  private static final int LONGEST_MILLIS = 10_000;

  /**
   * Creates the topics that are missing.
   *
   * @throws IOException if Kafka does not answer, or refuses this client
   * @throws InterruptedException if interrupted
   */
  void create() throws IOException, InterruptedException {
    Map<String, Object> settings = new HashMap<>(kafka.properties());
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LONGEST_MILLIS / 2);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LONGEST_MILLIS);
    try (Admin admin = Admin.create(settings)) {
      admin.describeCluster().clusterId().get();
      new TopicCreator(admin).create(topics.definitions());
    } catch (ExecutionException | KafkaException | IllegalStateException e) {
      throw new IOException(reason(root(e)), e);
    }
  }

  private static Throwable root(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null
        && !(root instanceof AuthenticationException || root instanceof AuthorizationException)) {
      root = Objects.requireNonNull(root.getCause());
    }
    return root;
  }

  private String reason(Throwable root) {
    if (root instanceof AuthenticationException || root instanceof AuthorizationException) {
      return "kafka at %s refuses this client: %s: look at the settings below kafka.client"
          .formatted(kafka.bootstrap(), root.getMessage());
    }
    if (root instanceof ApiException) {
      return ("no kafka answers at %s: start one, or name another with --kafka; one that wants tls"
              + " or a login needs settings below kafka.client")
          .formatted(kafka.bootstrap());
    }
    return "kafka at %s cannot be used: %s".formatted(kafka.bootstrap(), root.getMessage());
  }
}
