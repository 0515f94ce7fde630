package dev.flamingo.events;

import dev.flamingo.settings.Nearest;
import dev.flamingo.settings.Setting;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * How every client reaches Kafka.
 *
 * @param bootstrap addresses, {@code host:port,...}
 * @param client further properties of every client, such as those of its security
 */
public record KafkaConfig(
    @Setting(value = "Kafka's addresses, HOST:PORT, separated by commas", key = "kafka")
        String bootstrap,
    @Setting(
            value =
                "any property of Kafka's clients, such as `kafka.client.security.protocol`; for"
                    + " every client of every service",
            key = "kafka.client")
        Map<String, String> client) {

  // What services set for their own clients, since their guarantees rest on it.
  private static final Set<String> OWN =
      Set.of(
          "acks",
          "allow.auto.create.topics",
          "application.id",
          "auto.offset.reset",
          "bootstrap.servers",
          "buffer.memory",
          "client.id",
          "default.api.timeout.ms",
          "delivery.timeout.ms",
          "enable.auto.commit",
          "enable.idempotence",
          "fetch.max.wait.ms",
          "group.id",
          "group.instance.id",
          "group.protocol",
          "heartbeat.interval.ms",
          "isolation.level",
          "key.deserializer",
          "key.serializer",
          "linger.ms",
          "max.block.ms",
          "max.request.size",
          "metadata.max.age.ms",
          "metadata.max.idle.ms",
          "partition.assignment.strategy",
          "request.timeout.ms",
          "retries",
          "session.timeout.ms",
          "transactional.id",
          "value.deserializer",
          "value.serializer");

  private static final List<ConfigDef> CLIENTS =
      List.of(
          AdminClientConfig.configDef(), ProducerConfig.configDef(), ConsumerConfig.configDef());

  private static final int MISSPELT = 2;

  /** A Kafka of this machine. */
  public static final KafkaConfig LOCAL = at("localhost:9092");

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if there is no address, or a property is a service's own,
   *     misspelt, or has an impossible value
   */
  public KafkaConfig {
    if (bootstrap.isBlank()) {
      throw new IllegalArgumentException("kafka's address is missing: give HOST:PORT");
    }
    client = Map.copyOf(client);
    client.forEach(KafkaConfig::check);
  }

  /** Returns the usual way to a Kafka that needs no login. */
  public static KafkaConfig at(String bootstrap) {
    return new KafkaConfig(bootstrap, Map.of());
  }

  private static void check(String name, String value) {
    if (OWN.contains(name)) {
      throw new IllegalArgumentException(
          "%s is set by the services themselves: leave it out".formatted(name));
    }
    boolean known = false;
    for (ConfigDef clients : CLIENTS) {
      ConfigDef.ConfigKey property = clients.configKeys().get(name);
      if (property != null) {
        known = true;
        check(property, value);
      }
    }
    if (!known) {
      refuseMisspelt(name);
    }
  }

  private static void check(ConfigDef.ConfigKey property, String value) {
    try {
      Object parsed = ConfigDef.parseType(property.name, value, property.type);
      if (property.validator != null) {
        property.validator.ensureValid(property.name, parsed);
      }
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          Objects.requireNonNullElse(e.getMessage(), e.toString()), e);
    }
  }

  /** A property that Kafka does not know may be one of a plug-in, such as of a login callback. */
  private static void refuseMisspelt(String name) {
    Set<String> known = new HashSet<>();
    CLIENTS.forEach(clients -> known.addAll(clients.names()));
    Nearest.to(name, known)
        .filter(nearest -> Nearest.distance(name, nearest) <= MISSPELT)
        .ifPresent(
            nearest -> {
              throw new IllegalArgumentException(
                  "kafka's clients have no property %s: did you mean %s?".formatted(name, nearest));
            });
  }

  /** Returns the properties of a client, its address included. */
  public Map<String, String> properties() {
    Map<String, String> all = new HashMap<>(client);
    all.put("bootstrap.servers", bootstrap);
    return all;
  }

  /** Never shows the properties, which may hold passwords. */
  @Override
  public String toString() {
    return "kafka at " + bootstrap;
  }
}
