package dev.flamingo.gateway;

import dev.flamingo.events.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How a gateway works.
 *
 * @param kafka settings of Kafka's clients, at least {@code bootstrap.servers}
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
    Map<String, String> kafka,
    Topics topics,
    String application,
    String host,
    int port,
    Path stateDir,
    Duration keep,
    int openQuestions,
    Duration grace,
    Access access) {

  /** Copies the settings. */
  public GatewayConfig {
    kafka = Map.copyOf(kafka);
  }

  /** Returns the usual settings against one Kafka. */
  public static GatewayConfig of(String bootstrap, int port, Path stateDir) {
    return new GatewayConfig(
        Map.of("bootstrap.servers", bootstrap),
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
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.putAll(more);
    return settings;
  }
}
