package dev.flamingo.events;

import dev.flamingo.settings.Setting;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * How topics are called, and created where they are missing.
 *
 * @param prefix what their names begin with
 * @param partitions of a topic that is created
 * @param replication copies of each partition
 */
public record TopicsConfig(
    @Setting("what the topics' names begin with") String prefix,
    @Setting("partitions of topics that are created") int partitions,
    @Setting("copies of topics that are created, at most one a broker") short replication) {

  private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9._-]{0,200}");

  /** The usual prefix; four partitions without copies. */
  public static final TopicsConfig DEFAULT = new TopicsConfig(Topics.DEFAULT_PREFIX, 4, (short) 1);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if Kafka would refuse such topics
   */
  public TopicsConfig {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "'%s' cannot begin a topic's name: take letters, digits, dots, hyphens and underscores"
              .formatted(prefix));
    }
    if (partitions < 1) {
      throw new IllegalArgumentException("%d partitions are below 1".formatted(partitions));
    }
    if (replication < 1) {
      throw new IllegalArgumentException("%d copies are below 1".formatted(replication));
    }
  }

  /** Returns the topics' names. */
  public Topics topics() {
    return new Topics(prefix);
  }

  /** Returns the topics to create. */
  public List<NewTopic> definitions() {
    return topics().definitions(partitions, replication);
  }
}
