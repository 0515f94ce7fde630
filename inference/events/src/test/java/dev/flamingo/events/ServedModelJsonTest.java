package dev.flamingo.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServedModelJsonTest {

  private final JsonSerde<ServedModel> serde = new JsonSerde<>(ServedModel.class);
  private final ObjectMapper plain = new ObjectMapper();

  @Test
  void aServedModelHasTheContractsFields() throws IOException {
    ServedModel model =
        new ServedModel(
            "d19503a30265",
            96,
            ResizeRule.CROP,
            List.of(124, 116, 104),
            8,
            1_000,
            List.of("is it raining?"),
            true,
            Instant.parse("2026-05-01T12:00:00Z"));

    assertThat(plain.readTree(serde.write(model)))
        .isEqualTo(
            plain.readTree(
                """
                {"hash":"d19503a30265","frameSize":96,"resize":"crop","padding":[124,116,104],
                 "windowFrames":8,"frameSpacingMs":1000,"suggestions":["is it raining?"],"familiarity":true,
                 "heartbeat":"2026-05-01T12:00:00Z"}
                """));
    assertThat(serde.read(serde.write(model))).isEqualTo(model);
  }

  @Test
  void whatAnotherReleaseLeavesOutIsNotMeasuredAndSuggestsNothing() {
    ServedModel model =
        read("{'hash':'d1','frameSize':96,'windowFrames':8,'heartbeat':'2026-05-01T12:00:00Z'}");

    assertThat(model.familiarity()).isFalse();
    assertThat(model.suggestions()).isEmpty();
    assertThat(model.resize()).isEqualTo(ResizeRule.FIT);
    assertThat(model.padding()).containsExactly(128, 128, 128);
    assertThat(model.frameSpacingMs()).isEqualTo(1_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'hash':'d1','frameSize':0,'windowFrames':8,'heartbeat':'2026-05-01T12:00:00Z'}",
        "{'hash':'d1','frameSize':96,'windowFrames':8,'heartbeat':'yesterday'}",
        "{'hash':'d1','frameSize':96,'resize':'zoom','windowFrames':8,'heartbeat':'2026-05-01T12:00:00Z'}",
        "{'hash':'d1','frameSize':96,'padding':[1,2,300],'windowFrames':8,'heartbeat':'2026-05-01T12:00:00Z'}",
        "{'hash':'d1','frameSize':5000,'windowFrames':8,'heartbeat':'2026-05-01T12:00:00Z'}",
        "null"
      })
  void whatIsNoServedModelIsRefused(String json) {
    assertThatExceptionOfType(MalformedEventException.class).isThrownBy(() -> read(json));
  }

  private ServedModel read(String json) {
    return serde.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
