package dev.flamingo.gateway;

import dev.flamingo.events.Topics;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/** The views: answers by question, captions by stream and time. */
final class ViewTopology {

  static final String ANSWERS = "answers";
  static final String CAPTIONS = "captions";

  private final Topics topics;
  private final Duration keep;

  ViewTopology(Topics topics, Duration keep) {
    this.topics = topics;
    this.keep = keep;
  }

  static String captionKey(String stream, long millis) {
    return "%s %015d".formatted(stream, Math.max(0, Math.min(millis, 999_999_999_999_999L)));
  }

  Topology build() {
    Serde<String> keys = Serdes.String();
    Serde<byte[]> values = Serdes.ByteArray();
    Consumed<String, byte[]> consumed = Consumed.with(keys, values);
    StreamsBuilder builder = new StreamsBuilder();
    for (String store : new String[] {ANSWERS, CAPTIONS}) {
      builder.addStateStore(
          Stores.timestampedKeyValueStoreBuilder(
              Stores.persistentTimestampedKeyValueStore(store), keys, values));
    }
    builder.stream(topics.answers(), consumed.withName("read-answers"))
        .process(
            () -> new RememberAnswers(ANSWERS, (record, answer) -> record.key(), keep),
            Named.as("remember-answers"),
            ANSWERS)
        .to(topics.deadLetters(), Produced.with(keys, values).withName("bury-answers"));
    builder.stream(topics.captions(), consumed.withName("read-captions"))
        .process(
            () ->
                new RememberAnswers(
                    CAPTIONS,
                    (record, caption) -> captionKey(record.key(), record.timestamp()),
                    keep),
            Named.as("remember-captions"),
            CAPTIONS)
        .to(topics.deadLetters(), Produced.with(keys, values).withName("bury-captions"));
    return builder.build();
  }
}
