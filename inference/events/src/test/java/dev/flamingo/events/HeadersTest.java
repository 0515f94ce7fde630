package dev.flamingo.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {

  private static final Instant FIRST = Instant.parse("2026-05-01T12:00:00Z");
  private static final Instant LAST = Instant.parse("2026-05-01T12:00:07.040Z");

  private final Headers headers = new RecordHeaders();

  @Test
  void cloudEventsAreWrittenInBinaryMode() {
    new CloudEvents("/flamingo/job").writeTo(headers, "q1", "dev.flamingo.answer.v1", LAST);

    assertThat(texts(headers))
        .containsOnly(
            Map.entry("ce_specversion", "1.0"),
            Map.entry("ce_id", "q1"),
            Map.entry("ce_source", "/flamingo/job"),
            Map.entry("ce_type", "dev.flamingo.answer.v1"),
            Map.entry("ce_time", "2026-05-01T12:00:07.040Z"),
            Map.entry("content-type", "application/json"));
  }

  @Test
  void whatAFrameSaysOfItselfIsReadAsItWasWritten() {
    FrameHeaders frame = new FrameHeaders(9_876_543_210L, 96, 54, 123_456);
    frame.writeTo(headers);

    assertThat(texts(headers))
        .containsOnly(
            Map.entry("frame-index", "9876543210"),
            Map.entry("width", "96"),
            Map.entry("height", "54"),
            Map.entry("pts-ms", "123456"));
    assertThat(FrameHeaders.readFrom(headers)).isEqualTo(frame);
  }

  @ParameterizedTest
  @ValueSource(strings = {"frame-index", "width", "height", "pts-ms"})
  void aFrameWithoutOneOfItsHeadersIsMalformed(String missing) {
    new FrameHeaders(1, 96, 96, 1_000).writeTo(headers);
    headers.remove(missing);

    assertThatThrownBy(() -> FrameHeaders.readFrom(headers))
        .isInstanceOf(MalformedEventException.class)
        .hasMessage("header " + missing + " of a frame is no whole number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12.5", "many", "99999999999999999999", "\u0000"})
  void aFrameWhoseHeaderIsNoNumberIsMalformed(String value) {
    new FrameHeaders(1, 96, 96, 1_000).writeTo(headers);
    headers.add("width", value.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> FrameHeaders.readFrom(headers))
        .isInstanceOf(MalformedEventException.class)
        .hasMessage("header width of a frame is no whole number");
  }

  @Test
  void aHeaderWithoutAValueIsMalformed() {
    new FrameHeaders(1, 96, 96, 1_000).writeTo(headers);
    headers.add("pts-ms", null);

    assertThatThrownBy(() -> FrameHeaders.readFrom(headers))
        .isInstanceOf(MalformedEventException.class)
        .hasMessage("header pts-ms of a frame is no whole number");
  }

  @Test
  void visualTokensSayTheirWindowAndModel() {
    VisualTokenHeaders window = new VisualTokenHeaders(FIRST, LAST, 8, "street@0123456789ab");
    window.writeTo(headers);

    assertThat(texts(headers))
        .containsOnly(
            Map.entry("window-from", "2026-05-01T12:00:00Z"),
            Map.entry("window-to", "2026-05-01T12:00:07.040Z"),
            Map.entry("frames", "8"),
            Map.entry("model", "street@0123456789ab"));
    assertThat(VisualTokenHeaders.readFrom(headers)).isEqualTo(window);
  }

  @ParameterizedTest
  @ValueSource(strings = {"window-from", "window-to", "frames", "model"})
  void visualTokensWithoutOneOfTheirHeadersAreMalformed(String missing) {
    new VisualTokenHeaders(FIRST, LAST, 8, "street@0123456789ab").writeTo(headers);
    headers.remove(missing);

    assertThatThrownBy(() -> VisualTokenHeaders.readFrom(headers))
        .isInstanceOf(MalformedEventException.class)
        .hasMessage("visual tokens lack the header " + missing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"window-from", "window-to", "frames"})
  void visualTokensWhoseHeaderIsGarbageAreMalformed(String garbled) {
    new VisualTokenHeaders(FIRST, LAST, 8, "street@0123456789ab").writeTo(headers);
    headers.remove(garbled).add(garbled, new byte[] {'?'});

    assertThatThrownBy(() -> VisualTokenHeaders.readFrom(headers))
        .isInstanceOf(MalformedEventException.class)
        .hasMessage("a header of visual tokens is malformed");
  }

  @Test
  void aDeadLetterIsTheRecordAsItWasWithTheReasonBesideIt() {
    byte[] key = {1, 2};
    byte[] value = {(byte) 0xff, 0};
    ProducerRecord<byte[], byte[]> record =
        new DeadLetter(key, value, "bad-question", "it is no json", "flamingo.questions", 42)
            .toRecord(Topics.standard());

    assertThat(record.topic()).isEqualTo("flamingo.dead-letters");
    assertThat(record.key()).isSameAs(key);
    assertThat(record.value()).isSameAs(value);
    assertThat(texts(record.headers()))
        .containsOnly(
            Map.entry("error-code", "bad-question"),
            Map.entry("error-message", "it is no json"),
            Map.entry("source-topic", "flamingo.questions"),
            Map.entry("source-offset", "42"));
  }

  private static Map<String, String> texts(Headers headers) {
    Map<String, String> texts = new LinkedHashMap<>();
    headers.forEach(
        header -> texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
    return texts;
  }
}
