package dev.flamingo.ingest;

import dev.flamingo.events.KafkaConfig;
import dev.flamingo.events.Topics;
import dev.flamingo.ingest.video.FrameSourceOptions;
import dev.flamingo.settings.Setting;
import java.time.Duration;
import java.util.Optional;

/**
 * How one ingest process works.
 *
 * @param kafka the way to Kafka
 * @param prefix what the topics' names begin with
 * @param group consumer group of the processes that share the streams
 * @param instance a name that this process keeps over restarts; empty for a new one each time
 * @param frames size, pace and bounds of the pictures
 * @param firstRetry bound of the first wait before a lost camera is tried again
 * @param maxRetry bound of every such wait
 * @param waitingFrames pictures of one stream that wait for Kafka at most
 * @param sessionTimeout silence after which a dead process's streams move to another
 */
public record IngestConfig(
    KafkaConfig kafka,
    String prefix,
    @Setting("consumer group of the processes that share the streams") String group,
    @Setting(
            "name in the group that this process keeps over restarts, so that its streams return"
                + " to it at once; one process a name")
        Optional<String> instance,
    @Setting("") FrameSourceOptions frames,
    @Setting(value = "longest first wait before a lost camera is tried again", key = "retry.first")
        Duration firstRetry,
    @Setting(value = "longest of all such waits", key = "retry.max") Duration maxRetry,
    @Setting("pictures of one stream that wait for Kafka at most") int waitingFrames,
    @Setting("silence after which a dead process's streams move to another")
        Duration sessionTimeout) {

  /** Checks the ranges. */
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
    if (sessionTimeout.toMillis() < 1_000 || sessionTimeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the session timeout must be at least 1 s and at most 24 days, but was "
              + sessionTimeout);
    }
  }

  /** The usual settings against a Kafka without a login. */
  public static IngestConfig of(String bootstrap) {
    return of(KafkaConfig.at(bootstrap));
  }

  /** The usual settings against one Kafka. */
  public static IngestConfig of(KafkaConfig kafka) {
    return new IngestConfig(
        kafka,
        Topics.DEFAULT_PREFIX,
        groupOf(Topics.DEFAULT_PREFIX),
        Optional.empty(),
        FrameSourceOptions.defaults(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        60,
        Duration.ofSeconds(10));
  }

  /** The same with other topics, shared by a group of their own. */
  public IngestConfig withPrefix(String topics) {
    return new IngestConfig(
        kafka,
        topics,
        groupOf(topics),
        instance,
        frames,
        firstRetry,
        maxRetry,
        waitingFrames,
        sessionTimeout);
  }

  private static String groupOf(String prefix) {
    return prefix + "ingest";
  }

  /** The same against another Kafka. */
  public IngestConfig withKafka(KafkaConfig other) {
    return new IngestConfig(
        other,
        prefix,
        group,
        instance,
        frames,
        firstRetry,
        maxRetry,
        waitingFrames,
        sessionTimeout);
  }

  /** The same in another consumer group. */
  public IngestConfig withGroup(String name) {
    return new IngestConfig(
        kafka, prefix, name, instance, frames, firstRetry, maxRetry, waitingFrames, sessionTimeout);
  }

  /** The same under a name that the process keeps over restarts. */
  public IngestConfig withInstance(String name) {
    return new IngestConfig(
        kafka,
        prefix,
        group,
        Optional.of(name),
        frames,
        firstRetry,
        maxRetry,
        waitingFrames,
        sessionTimeout);
  }

  /** The same with other pictures. */
  public IngestConfig withFrames(FrameSourceOptions options) {
    return new IngestConfig(
        kafka,
        prefix,
        group,
        instance,
        options,
        firstRetry,
        maxRetry,
        waitingFrames,
        sessionTimeout);
  }

  /** The same with other bounds on the wait for a lost camera. */
  public IngestConfig withRetries(Duration first, Duration most) {
    return new IngestConfig(
        kafka, prefix, group, instance, frames, first, most, waitingFrames, sessionTimeout);
  }

  /** The same with another bound on a dead process's silence. */
  public IngestConfig withSessionTimeout(Duration silence) {
    return new IngestConfig(
        kafka, prefix, group, instance, frames, firstRetry, maxRetry, waitingFrames, silence);
  }
}
