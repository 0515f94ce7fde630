package dev.flamingo.events;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics that are missing; those that exist stay as they are. */
public final class TopicCreator {

  private static final long TIMEOUT_SECONDS = 30;

  private final Admin admin;

  /** Creates topics through an admin client, which stays the caller's. */
  public TopicCreator(Admin admin) {
    this.admin = admin;
  }

  /**
   * Creates topics and waits until they are there.
   *
   * @throws IllegalStateException if Kafka refuses or does not answer
   * @throws InterruptedException if interrupted
   */
  public void create(List<NewTopic> topics) throws InterruptedException {
    for (Map.Entry<String, KafkaFuture<Void>> created :
        admin.createTopics(topics).values().entrySet()) {
      try {
        created.getValue().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw new IllegalStateException("cannot create topic " + created.getKey(), e);
        }
      } catch (TimeoutException e) {
        throw new IllegalStateException(
            "kafka did not create topic %s within %d s: check its address"
                .formatted(created.getKey(), TIMEOUT_SECONDS),
            e);
      }
    }
  }
}
