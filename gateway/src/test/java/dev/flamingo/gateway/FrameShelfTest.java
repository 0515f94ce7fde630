package dev.flamingo.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class FrameShelfTest {

  private final FrameShelf shelf = new FrameShelf(64, 96L << 20);

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
  void framesOfAClockThatRanAheadGiveWayWhenItIsPutBack() {
    add("street", 1_000_000);
    add("street", 4_600_000);
    add("street", 1_002_000);

    assertThat(second(shelf.newest("street"))).isEqualTo((byte) 1_002);
    assertThat(shelf.at("street", Instant.ofEpochSecond(4_600))).isEmpty();
    assertThat(shelf.span("street"))
        .hasValue(new FrameShelf.Span(Instant.ofEpochSecond(1_000), Instant.ofEpochSecond(1_002)));
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
  void allStreamsTogetherAreBoundedInBytes() {
    FrameShelf small = new FrameShelf(64, 1_000);
    for (int i = 0; i < 50; i++) {
      small.add(frame("stream-" + i, 1_000, 100));
    }

    int kept = 0;
    for (int i = 0; i < 50; i++) {
      kept += small.newest("stream-" + i).map(jpeg -> jpeg.length).orElse(0);
    }
    assertThat(kept).isBetween(100, 1_000);
  }

  @Test
  void ofOneStreamWithLargeFramesTheLastFourMegabytesAreKept() {
    for (int i = 1; i <= 10; i++) {
      shelf.add(frame("street", i * 1_000L, 1 << 20));
    }

    assertThat(shelf.span("street"))
        .hasValue(new FrameShelf.Span(Instant.ofEpochSecond(7), Instant.ofEpochSecond(10)));
  }

  @Test
  void aMomentBeyondWhatCanBeCountedHasNoFrame() {
    add("street", 1_000);

    assertThat(shelf.at("street", Instant.MAX)).isEmpty();
    assertThat(shelf.at("street", Instant.MIN)).isEmpty();
  }

  private static int second(Optional<byte[]> frame) {
    return frame.orElseThrow()[0];
  }

  private void add(String stream, long millis) {
    shelf.add(frame(stream, millis, 1));
  }

  private static ConsumerRecord<String, byte[]> frame(String stream, long millis, int size) {
    byte[] jpeg = new byte[size];
    jpeg[0] = (byte) (millis / 1_000);
    return new ConsumerRecord<>(
        "flamingo.frames",
        0,
        0,
        millis,
        TimestampType.CREATE_TIME,
        0,
        0,
        stream,
        jpeg,
        new RecordHeaders(),
        Optional.empty());
  }
}
