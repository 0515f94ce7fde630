package dev.flamingo.gateway;

import dev.flamingo.events.KafkaConfig;
import dev.flamingo.events.Topics;
import dev.flamingo.settings.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How a gateway works.
 *
 * @param kafka the way to Kafka
 * @param topics the topics' names
 * @param application name of the Kafka Streams application; another whenever the views are kept in
 *     another way, so that they are made anew
 * @param host where it listens; loopback by default
 * @param port the port; 0 for any that is free
 * @param stateDir holds the views
 * @param keep how long answers and captions stay in the views
 * @param openQuestions questions of one client that may wait at a time
 * @param grace how long after a question's deadline an answer that was given in time may take from
 *     the job to here
 * @param access who may use it
 */
public record GatewayConfig(
    KafkaConfig kafka,
    Topics topics,
    @Setting("name of the Kafka Streams application; gateways that share it share the views")
        String application,
    @Setting("address where it listens; the usual one serves this machine alone") String host,
    @Setting("port of the page, of HTTP and of WebSockets; 0 for any that is free") int port,
    @Setting(value = "folder of the views", key = "data") Path stateDir,
    @Setting("how long answers and captions stay in the views") Duration keep,
    @Setting("questions of one client that may wait at a time") int openQuestions,
    @Setting(
            "how long after a question's deadline an answer that was given in time may take from"
                + " the job to here")
        Duration grace,
    @Setting("") Access access) {

  private static final int HIGHEST_PORT = 65_535;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if nothing could be served
   */
  public GatewayConfig {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "'%d' is not a port: give 0 to %d".formatted(port, HIGHEST_PORT));
    }
    if (openQuestions < 1) {
      throw new IllegalArgumentException(
          "%d open questions of a client: allow at least 1".formatted(openQuestions));
    }
    if (keep.toMillis() < 1 || grace.isNegative()) {
      throw new IllegalArgumentException(
          "kept for %s with a grace of %s: the one must be positive, the other not negative"
              .formatted(keep, grace));
    }
  }

  /** Returns the usual settings against a Kafka that needs no login. */
  public static GatewayConfig of(String bootstrap, int port, Path stateDir) {
    return of(KafkaConfig.at(bootstrap), port, stateDir);
  }

  /** Returns the usual settings against one Kafka. */
  public static GatewayConfig of(KafkaConfig kafka, int port, Path stateDir) {
    return new GatewayConfig(
        kafka,
        Topics.standard(),
        applicationOf(Topics.standard()),
        "127.0.0.1",
        port,
        stateDir,
        Duration.ofHours(24),
        64,
        Duration.ofSeconds(5),
        Access.local());
  }

  /** Returns the same against another Kafka, with the views elsewhere. */
  public GatewayConfig at(KafkaConfig otherKafka, Path otherDir) {
    return new GatewayConfig(
        otherKafka, topics, application, host, port, otherDir, keep, openQuestions, grace, access);
  }

  /** Returns the same for other topics, as an application of their own. */
  public GatewayConfig withTopics(Topics other) {
    return new GatewayConfig(
        kafka,
        other,
        applicationOf(other),
        host,
        port,
        stateDir,
        keep,
        openQuestions,
        grace,
        access);
  }

  private static String applicationOf(Topics topics) {
    return topics.prefix() + "views";
  }

  /** Returns the same on another interface. */
  public GatewayConfig withHost(String other) {
    return new GatewayConfig(
        kafka, topics, application, other, port, stateDir, keep, openQuestions, grace, access);
  }

  /** Returns the same for other clients. */
  public GatewayConfig withAccess(Access other) {
    return new GatewayConfig(
        kafka, topics, application, host, port, stateDir, keep, openQuestions, grace, other);
  }

  /** Returns the same with another grace. */
  public GatewayConfig withGrace(Duration other) {
    return new GatewayConfig(
        kafka, topics, application, host, port, stateDir, keep, openQuestions, other, access);
  }

  Map<String, Object> client(Map<String, ?> more) {
    Map<String, Object> settings = new HashMap<>(kafka.properties());
    settings.putAll(more);
    return settings;
  }
}
