package dev.flamingo.events;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topics.
 *
 * @param prefix what their names begin with
 */
public record Topics(String prefix) {

  /** The usual prefix. */
  public static final String DEFAULT_PREFIX = "flamingo.";

  private static final Duration WEEK = Duration.ofDays(7);

  /** The most bytes of a record of any topic but the dead letters. */
  public static final int LARGEST_EVENT = 1 << 20;

  /**
   * The most bytes of a dead letter: more than of any other record, since it is one with headers
   * added. Who writes them sets {@code max.request.size} to it.
   */
  public static final int LARGEST_DEAD_LETTER = 2 * LARGEST_EVENT;

  /** Returns the topics with the usual prefix. */
  public static Topics standard() {
    return new Topics(DEFAULT_PREFIX);
  }

  /** Returns the registry of streams. */
  public String streams() {
    return prefix + "streams";
  }

  /** Returns the streams' states. */
  public String streamStatus() {
    return prefix + "stream-status";
  }

  /** Returns the sampled frames. */
  public String frames() {
    return prefix + "frames";
  }

  /** Returns the pictures of streams for people. */
  public String pictures() {
    return prefix + "pictures";
  }

  /** Returns the windows' visual tokens. */
  public String visualTokens() {
    return prefix + "visual-tokens";
  }

  /** Returns the questions. */
  public String questions() {
    return prefix + "questions";
  }

  /** Returns the final answers. */
  public String answers() {
    return prefix + "answers";
  }

  /** Returns the pieces of answers as they are spoken. */
  public String answerDeltas() {
    return prefix + "answer-deltas";
  }

  /** Returns the live captions. */
  public String captions() {
    return prefix + "captions";
  }

  /** Returns the named few-shot examples. */
  public String supports() {
    return prefix + "supports";
  }

  /** Returns the models that are served. */
  public String models() {
    return prefix + "models";
  }

  /** Returns what could not be read. */
  public String deadLetters() {
    return prefix + "dead-letters";
  }

  /**
   * Returns every topic with its settings.
   *
   * @param partitions of every topic
   * @param replication copies of every partition
   */
  public List<NewTopic> definitions(int partitions, short replication) {
    return List.of(
        compacted(streams(), partitions, replication),
        compacted(streamStatus(), partitions, replication),
        kept(frames(), Duration.ofMinutes(15), partitions, replication),
        kept(pictures(), Duration.ofMinutes(15), partitions, replication),
        kept(visualTokens(), Duration.ofHours(24), partitions, replication),
        kept(questions(), WEEK, partitions, replication),
        kept(answers(), WEEK, partitions, replication),
        kept(answerDeltas(), Duration.ofMinutes(10), partitions, replication),
        kept(captions(), WEEK, partitions, replication),
        compacted(supports(), partitions, replication),
        compacted(models(), partitions, replication),
        kept(deadLetters(), WEEK, partitions, replication));
  }

  private NewTopic compacted(String name, int partitions, short replication) {
    return topic(
        name,
        partitions,
        replication,
        Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
  }

  private NewTopic kept(String name, Duration time, int partitions, short replication) {
    // A segment is deleted as a whole: it must not span much more than the time that is kept.
    long segment = Math.min(Duration.ofHours(6).toMillis(), Math.max(60_000, time.toMillis() / 5));
    return topic(
        name,
        partitions,
        replication,
        Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            Long.toString(time.toMillis()),
            TopicConfig.SEGMENT_MS_CONFIG,
            Long.toString(segment)));
  }

  private NewTopic topic(
      String name, int partitions, short replication, Map<String, String> settings) {
    Map<String, String> all = new java.util.HashMap<>(settings);
    int largest = name.equals(deadLetters()) ? LARGEST_DEAD_LETTER : LARGEST_EVENT;
    all.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(largest));
    all.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
    return new NewTopic(name, partitions, replication).configs(all);
  }
}
