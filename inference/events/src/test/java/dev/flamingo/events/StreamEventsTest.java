package dev.flamingo.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamEventsTest {

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final JsonSerde<StreamSpec> specs = new JsonSerde<>(StreamSpec.class);
  private final JsonSerde<StreamStatus> statuses = new JsonSerde<>(StreamStatus.class);
  private final ObjectMapper plain = new ObjectMapper();

  @Test
  void aStreamOfWhichOnlyTheUriIsGivenIsEnabledWithoutCaptions() {
    assertThat(read("{\"uri\":\"street:\"}"))
        .isEqualTo(new StreamSpec("street:", true, false, Map.of()));
    assertThat(read("{\"uri\":\"street:\",\"enabled\":null,\"captions\":null,\"labels\":null}"))
        .isEqualTo(new StreamSpec("street:", true, false, Map.of()));
  }

  @Test
  void aStreamKeepsItsFields() throws IOException {
    StreamSpec spec = new StreamSpec("rtsp://u:p@cam/1", false, true, Map.of("place", "north"));

    assertThat(plain.readTree(specs.write(spec)))
        .isEqualTo(
            plain.readTree(
                """
                {"uri":"rtsp://u:p@cam/1","enabled":false,"captions":true,
                 "labels":{"place":"north"},"snapshotSeconds":2}
                """));
    assertThat(specs.read(specs.write(spec))).isEqualTo(spec);
  }

  @Test
  void unknownFieldsOfAStreamArePassedOver() {
    assertThat(read("{\"uri\":\"street:\",\"fps\":{\"most\":5}}").uri()).isEqualTo("street:");
  }

  @Test
  void credentialsAreWrittenToTheRegistryAndNeverShown() {
    StreamSpec spec =
        new StreamSpec(
            "rtsp://admin:secret@cam:554/ch1?token=hidden", true, false, Map.of("key", "private"));

    assertThat(spec.toString())
        .contains("cam:554/ch1", "enabled=true")
        .doesNotContain("admin", "secret", "hidden");
    assertThat(specs.read(specs.write(spec)).uri()).contains("admin:secret");
  }

  @Test
  void urisAndLabelsAreBounded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StreamSpec("x".repeat(2_001), true, false, Map.of()))
        .withMessageContaining("1 to 2000 characters");
    Map<String, String> labels =
        IntStream.range(0, 33).boxed().collect(Collectors.toMap(i -> "l" + i, i -> "v"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StreamSpec("street:", true, false, labels))
        .withMessage("a stream has at most 32 labels, not 33");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StreamSpec("street:", true, false, Map.of(), 0))
        .withMessage("snapshotSeconds is 1 to 60, not 0");
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECTING,connecting",
    "LIVE,live",
    "STALLED,stalled",
    "ENDED,ended",
    "FAILED,failed"
  })
  void aStatusHasTheContractsStates(StreamState state, String name) throws IOException {
    StreamStatus status = new StreamStatus(state, NOON, "the camera sends nothing");

    assertThat(plain.readTree(statuses.write(status)))
        .isEqualTo(
            plain.readTree(
                """
                {"state":"%s","since":"2026-05-01T12:00:00Z","reason":"the camera sends nothing"}
                """
                    .formatted(name)));
    assertThat(statuses.read(statuses.write(status))).isEqualTo(status);
  }

  @Test
  void aStatusWithoutAReasonHasNoSuchField() throws IOException {
    StreamStatus status = new StreamStatus(StreamState.LIVE, NOON, null);

    assertThat(plain.readTree(statuses.write(status)).has("reason")).isFalse();
    assertThat(statuses.read(statuses.write(status))).isEqualTo(status);
  }

  private StreamSpec read(String json) {
    return specs.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
