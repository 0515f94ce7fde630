package dev.flamingo.ingest;

import dev.flamingo.events.Topics;
import dev.flamingo.ingest.video.FrameSourceOptions;
import java.time.Duration;
import java.util.Map;

/**
 * How one ingest process works.
 *
 * @param bootstrap Kafka's addresses, {@code host:port,...}
 * @param prefix what the topics' names begin with
 * @param group consumer group of the processes that share the streams
 * @param frames size, pace and bounds of the pictures
 * @param firstRetry bound of the first wait before a lost camera is tried again
 * @param maxRetry bound of every such wait
 * @param waitingFrames pictures of one stream that wait for Kafka at most
 * @param sessionTimeout silence after which a dead process's streams move to another
 * @param client further settings for every Kafka client, such as its security
 */
public record IngestConfig(
    String bootstrap,
    String prefix,
    String group,
    FrameSourceOptions frames,
    Duration firstRetry,
    Duration maxRetry,
    int waitingFrames,
    Duration sessionTimeout,
    Map<String, String> client) {

  /** Checks and copies. */
  public IngestConfig {
    if (waitingFrames < 1 || waitingFrames > 100_000) {
      throw new IllegalArgumentException(
          "the number of waiting frames must be 1 to 100000, but was " + waitingFrames);
    }
    if (firstRetry.toMillis() < 2 || maxRetry.compareTo(firstRetry) < 0) {
      throw new IllegalArgumentException(
          "the retry bounds must rise from at least 2 ms, but were %s and %s"
              .formatted(firstRetry, maxRetry));
    }
    client = Map.copyOf(client);
  }

  /** The usual settings against one Kafka. */
  public static IngestConfig of(String bootstrap) {
    return new IngestConfig(
        bootstrap,
        Topics.DEFAULT_PREFIX,
        groupOf(Topics.DEFAULT_PREFIX),
        FrameSourceOptions.defaults(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        60,
        Duration.ofSeconds(10),
        Map.of());
  }

  /** The same with other topics, shared by a group of their own. */
  public IngestConfig withPrefix(String topics) {
    return new IngestConfig(
        bootstrap,
        topics,
        groupOf(topics),
        frames,
        firstRetry,
        maxRetry,
        waitingFrames,
        sessionTimeout,
        client);
  }

  private static String groupOf(String prefix) {
    return prefix + "ingest";
  }

  /** The same in another consumer group. */
  public IngestConfig withGroup(String name) {
    return new IngestConfig(
        bootstrap,
        prefix,
        name,
        frames,
        firstRetry,
        maxRetry,
        waitingFrames,
        sessionTimeout,
        client);
  }

  /** The same with other pictures. */
  public IngestConfig withFrames(FrameSourceOptions options) {
    return new IngestConfig(
        bootstrap,
        prefix,
        group,
        options,
        firstRetry,
        maxRetry,
        waitingFrames,
        sessionTimeout,
        client);
  }

  /** The same with other bounds on the wait for a lost camera. */
  public IngestConfig withRetries(Duration first, Duration most) {
    return new IngestConfig(
        bootstrap, prefix, group, frames, first, most, waitingFrames, sessionTimeout, client);
  }

  /** The same with another bound on a dead process's silence. */
  public IngestConfig withSessionTimeout(Duration silence) {
    return new IngestConfig(
        bootstrap, prefix, group, frames, firstRetry, maxRetry, waitingFrames, silence, client);
  }

  /** The same with further settings for every Kafka client. */
  public IngestConfig withClient(Map<String, String> settings) {
    return new IngestConfig(
        bootstrap,
        prefix,
        group,
        frames,
        firstRetry,
        maxRetry,
        waitingFrames,
        sessionTimeout,
        settings);
  }
}
