package dev.flamingo.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class FrameShelfTest {

  private final FrameShelf shelf = new FrameShelf();

  @Test
  void aStreamThatSentNothingHasNoFrame() {
    assertThat(shelf.newest("street")).isEmpty();
    assertThat(shelf.at("street", Instant.EPOCH)).isEmpty();
  }

  @Test
  void theNewestIsTheOneThatWasCapturedLast() {
    add("street", 2_000);
    add("street", 1_000);

    assertThat(second(shelf.newest("street"))).isEqualTo(2);
    assertThat(second(shelf.at("street", Instant.ofEpochMilli(1_000)))).isEqualTo(1);
    assertThat(shelf.at("street", Instant.ofEpochMilli(1_001))).isEmpty();
  }

  @Test
  void theSpanReachesFromTheOldestKeptFrameToTheNewest() {
    assertThat(shelf.span("street")).isEmpty();

    for (int i = 0; i < 70; i++) {
      add("street", i * 1_000L);
    }

    assertThat(shelf.span("street"))
        .hasValue(new FrameShelf.Span(Instant.ofEpochMilli(6_000), Instant.ofEpochMilli(69_000)));
  }

  @Test
  void ofOneStreamTheLastSixtyFourAreKept() {
    for (int i = 0; i < 70; i++) {
      add("street", i * 1_000L);
    }

    assertThat(shelf.at("street", Instant.ofEpochMilli(5_000))).isEmpty();
    assertThat(second(shelf.at("street", Instant.ofEpochMilli(6_000)))).isEqualTo(6);
    assertThat(second(shelf.newest("street"))).isEqualTo(69);
  }

  @Test
  void ofManyStreamsTheOneThatWasUsedLongestAgoIsForgotten() {
    for (int i = 0; i < 500; i++) {
      add("stream-" + i, 1_000);
    }
    assertThat(shelf.newest("stream-0")).isPresent();

    add("one-more", 1_000);

    assertThat(shelf.newest("stream-0")).isPresent();
    assertThat(shelf.newest("stream-1")).isEmpty();
    assertThat(shelf.newest("one-more")).isPresent();
  }

  private static int second(Optional<byte[]> frame) {
    return frame.orElseThrow()[0];
  }

  private void add(String stream, long millis) {
    shelf.add(
        new ConsumerRecord<>(
            "flamingo.frames",
            0,
            0,
            millis,
            TimestampType.CREATE_TIME,
            0,
            0,
            stream,
            new byte[] {(byte) (millis / 1_000)},
            new RecordHeaders(),
            Optional.empty()));
  }
}
