package dev.flamingo.gateway;

import dev.flamingo.events.Topics;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * The views: answers by question, captions by stream, both by time. Kafka Streams drops what is too
 * old by whole segments.
 */
final class ViewTopology {

  static final String ANSWERS = "answers";
  static final String CAPTIONS = "captions";

  /** Each entry is a window of its own, as short as there is. */
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final Topics topics;
  private final Duration keep;

  ViewTopology(Topics topics, Duration keep) {
    this.topics = topics;
    this.keep = keep;
  }

  Topology build() {
    Serde<String> keys = Serdes.String();
    Serde<byte[]> values = Serdes.ByteArray();
    // Older ones would be dropped at once.
    Consumed<String, byte[]> consumed =
        Consumed.with(keys, values).withOffsetResetPolicy(AutoOffsetReset.byDuration(keep));
    StreamsBuilder builder = new StreamsBuilder();
    for (String store : new String[] {ANSWERS, CAPTIONS}) {
      builder.addStateStore(
          Stores.windowStoreBuilder(
              Stores.persistentWindowStore(store, keep, MOMENT, /* retainDuplicates= */ false),
              keys,
              values));
    }
    builder.stream(topics.answers(), consumed.withName("read-answers"))
        .process(
            () -> new RememberAnswers(ANSWERS, ViewTopology::isAnswered),
            Named.as("remember-answers"),
            ANSWERS)
        .to(topics.deadLetters(), Produced.with(keys, values).withName("bury-answers"));
    builder.stream(topics.captions(), consumed.withName("read-captions"))
        .process(
            () -> new RememberAnswers(CAPTIONS, (store, key, at) -> store.fetch(key, at) != null),
            Named.as("remember-captions"),
            CAPTIONS)
        .to(topics.deadLetters(), Produced.with(keys, values).withName("bury-captions"));
    return builder.build();
  }

  /** Whatever the time: a second answer to a question comes later than the first. */
  private static boolean isAnswered(WindowStore<String, byte[]> store, String id, long at) {
    try (WindowStoreIterator<byte[]> answers = store.fetch(id, 0, Long.MAX_VALUE)) {
      return answers.hasNext();
    }
  }
}
