package dev.flamingo.ingest;

import dev.flamingo.events.StreamId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the registry's partitions that the consumer group gives this process, and tells the fleet
 * which streams are its own. A partition is read from its beginning whenever it is assigned;
 * nothing is committed, because the compacted topic itself is the state.
 */
final class RegistryWatcher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RegistryWatcher.class);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Consumer<String, byte[]> consumer;
  private final String topic;
  private final StreamFleet fleet;
  private final Thread thread;
  private final Map<TopicPartition, Map<String, RegistryEntry>> current = new HashMap<>();
  private final Map<TopicPartition, Map<String, RegistryEntry>> replay = new HashMap<>();
  private final Set<TopicPartition> lost = new HashSet<>();
  private boolean behind;
  private volatile boolean closed;

  /**
   * Prepares to follow.
   *
   * @param consumer closed by this object
   * @param topic the registry
   * @param fleet told of every change, on one thread
   */
  RegistryWatcher(Consumer<String, byte[]> consumer, String topic, StreamFleet fleet) {
    this.consumer = consumer;
    this.topic = topic;
    this.fleet = fleet;
    this.thread = new Thread(this::follow, "stream-registry");
    thread.setDaemon(true);
  }

  /** Begins; call once. */
  void start() {
    thread.start();
  }

  private void follow() {
    try (consumer) {
      consumer.subscribe(List.of(topic), new Ownership());
      while (!closed) {
        try {
          poll();
        } catch (WakeupException | InterruptException e) {
          return;
        } catch (KafkaException e) {
          LOG.warn("cannot read the registry {}, trying on: {}", topic, e.toString());
          Thread.sleep(POLL.toMillis());
        } catch (RuntimeException | Error e) {
          // Such as a thread that could not be started: the streams must not lose their registry.
          LOG.error("cannot follow the registry {}, trying on", topic, e);
          behind = true;
          Thread.sleep(POLL.toMillis());
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("told to stop", e);
    } catch (KafkaException e) {
      LOG.debug("closed with kafka away", e);
    }
  }

  private void poll() {
    boolean changed = behind;
    for (ConsumerRecord<String, byte[]> entry : consumer.poll(POLL)) {
      changed |= apply(entry);
    }
    changed |= finishReplays();
    if (changed) {
      tell();
      behind = false;
    }
  }

  private boolean apply(ConsumerRecord<String, byte[]> entry) {
    if (!isStreamId(entry.key())) {
      LOG.warn("passed over an entry of {} whose key is no stream id", topic);
      return false;
    }
    TopicPartition partition = new TopicPartition(entry.topic(), entry.partition());
    Map<String, RegistryEntry> replaying = replay.get(partition);
    Map<String, RegistryEntry> entries = replaying != null ? replaying : current.get(partition);
    if (entries == null) {
      return false;
    }
    if (entry.value() == null) {
      entries.remove(entry.key());
      if (replaying == null) {
        fleet.forget(entry.key());
      }
    } else {
      entries.put(entry.key(), RegistryEntry.read(entry.value()));
    }
    return replaying == null;
  }

  private static boolean isStreamId(@Nullable String key) {
    if (key == null) {
      return false;
    }
    try {
      return new StreamId(key).value().equals(key);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Half a history must start nothing: a stream added long ago may have been removed since. */
  private boolean finishReplays() {
    boolean changed = false;
    if (!replay.isEmpty()) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(replay.keySet());
      for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
        if (consumer.position(end.getKey()) >= end.getValue()) {
          current.put(end.getKey(), Objects.requireNonNull(replay.remove(end.getKey())));
          changed = true;
        }
      }
    }
    return changed;
  }

  private void tell() {
    Map<String, RegistryEntry> own = new HashMap<>();
    current.values().forEach(own::putAll);
    fleet.own(own);
  }

  private final class Ownership implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      lost.removeAll(partitions);
      boolean moved = current.keySet().removeAll(lost);
      lost.clear();
      partitions.forEach(partition -> replay.put(partition, new HashMap<>()));
      consumer.seekToBeginning(partitions);
      if (moved) {
        tell();
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      replay.keySet().removeAll(partitions);
      if (current.keySet().removeAll(partitions)) {
        tell();
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      // Most likely Kafka was away and gives them back: stopping now would restart every file from
      // its beginning.
      replay.keySet().removeAll(partitions);
      lost.addAll(partitions);
    }
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
