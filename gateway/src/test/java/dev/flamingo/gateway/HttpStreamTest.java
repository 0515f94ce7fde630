package dev.flamingo.gateway;

import static dev.flamingo.gateway.HttpUser.json;
import static dev.flamingo.gateway.LiveGateway.patiently;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerKind;
import dev.flamingo.events.JsonSerde;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(90)
@ExtendWith(GatewayExtension.class)
class HttpStreamTest {

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final LiveGateway gateway;
  private final HttpUser user;

  HttpStreamTest(LiveGateway gateway) {
    this.gateway = gateway;
    user = new HttpUser(gateway);
  }

  @Test
  void aStreamIsRegisteredListedWithItsStateAndRemoved() throws Exception {
    HttpResponse<String> created =
        user.post(
            "/v1/streams",
            """
            {"id":"gate","uri":"rtsp://admin:secret@camera/1?token=secret","captions":true,
             "labels":{"place":"the gate"}}""");
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.body()).doesNotContain("secret");
    gateway.publish(
        gateway.topics().streamStatus(),
        "gate",
        """
        {"state":"live","since":"2026-05-01T12:00:00Z"}""");

    JsonNode listed =
        patiently()
            .until(() -> listed("gate"), found -> found.filter(it -> it.has("state")).isPresent())
            .orElseThrow();
    assertThat(listed.path("uri").asText()).isEqualTo("rtsp://***@camera/1?***");
    assertThat(listed.path("enabled").asBoolean()).isTrue();
    assertThat(listed.path("captions").asBoolean()).isTrue();
    assertThat(listed.path("labels").path("place").asText()).isEqualTo("the gate");
    assertThat(listed.path("state").asText()).isEqualTo("live");
    assertThat(listed.path("since").asText()).isEqualTo("2026-05-01T12:00:00Z");
    assertThat(new String(registered("gate").value(), UTF_8)).contains("admin:secret@camera");

    assertThat(user.delete("/v1/streams/gate").statusCode()).isEqualTo(204);
    patiently().until(() -> listed("gate").isEmpty());
    assertThat(registered("gate").value()).isNull();
    assertThat(user.delete("/v1/streams/gate").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "[]",
        "{\"uri\":\"street:\"}",
        "{\"id\":\"No Such Name\",\"uri\":\"street:\"}",
        "{\"id\":\"gate\"}",
        "{\"id\":\"gate\",\"uri\":\" \"}",
        "{\"id\":\"gate\",\"uri\":\"street:\",\"labels\":7}",
      })
  void aBadRegistrationIsRefusedInOneSentence(String body) throws Exception {
    HttpResponse<String> response = user.post("/v1/streams", body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("error").path("message").asText()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/streams/No%20Name/frame.jpg", "/v1/streams/UPPER/captions"})
  void aBadStreamIdIsRefused(String path) throws Exception {
    HttpResponse<String> response = user.get(path);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("error").path("message").asText()).contains("stream id");
  }

  @Test
  void theNewestFrameIsServedAndThatOfAMoment() throws Exception {
    assertThat(user.get("/v1/streams/lane/frame.jpg").statusCode()).isEqualTo(404);
    frame("lane", NOON, "first");
    frame("lane", NOON.plusSeconds(1), "second");

    patiently()
        .untilAsserted(() -> assertThat(image("/v1/streams/lane/frame.jpg")).isEqualTo("second"));
    assertThat(image("/v1/streams/lane/frame.jpg?at=2026-05-01T12:00:00Z")).isEqualTo("first");
    HttpResponse<byte[]> newest = user.bytes("/v1/streams/lane/frame.jpg");
    assertThat(newest.headers().firstValue("Content-Type")).hasValue("image/jpeg");
    assertThat(newest.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(newest.headers().firstValue("Captured-At")).hasValue("2026-05-01T12:00:01Z");
    assertThat(user.get("/v1/streams/lane/frame.jpg?at=2026-05-01T11:00:00Z").statusCode())
        .isEqualTo(404);
    assertThat(user.get("/v1/streams/lane/frame.jpg?at=noon").statusCode()).isEqualTo(400);
  }

  @Test
  void theListSaysOfWhichInstantsThereArePictures() throws Exception {
    user.post("/v1/streams", "{\"id\":\"yard\",\"uri\":\"street:\"}");
    patiently().until(() -> listed("yard").isPresent());
    assertThat(listed("yard").orElseThrow().has("pictures")).isFalse();

    frame("yard", NOON, "first");
    frame("yard", NOON.plusSeconds(2), "second");

    patiently()
        .untilAsserted(
            () ->
                assertThat(listed("yard").orElseThrow().path("pictures").toString())
                    .isEqualTo(
                        "{\"from\":\"2026-05-01T12:00:00Z\",\"to\":\"2026-05-01T12:00:02Z\"}"));
  }

  @Test
  void captionsOfARangeAreServedInTheirOrder() throws Exception {
    for (int i = 0; i < 4; i++) {
      caption("park", NOON.plusSeconds(i), "caption " + i);
    }
    caption("park-2", NOON, "another stream");
    patiently().until(() -> json(user.get("/v1/streams/park/captions")).size() == 4);

    HttpResponse<String> range =
        user.get("/v1/streams/park/captions?from=2026-05-01T12:00:01Z&to=2026-05-01T12:00:02Z");

    assertThat(range.statusCode()).isEqualTo(200);
    assertThat(json(range))
        .extracting(caption -> caption.path("text").asText())
        .containsExactly("caption 1", "caption 2");
    assertThat(json(user.get("/v1/streams/empty/captions"))).isEmpty();
    assertThat(user.get("/v1/streams/park/captions?from=noon").statusCode()).isEqualTo(400);
  }

  private Optional<JsonNode> listed(String id) throws Exception {
    JsonNode all = json(user.get("/v1/streams"));
    return StreamSupport.stream(all.spliterator(), false)
        .filter(stream -> stream.path("id").asText().equals(id))
        .findFirst();
  }

  private ConsumerRecord<String, byte[]> registered(String id) {
    return gateway.records(gateway.topics().streams()).stream()
        .filter(record -> record.key().equals(id))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  private String image(String path) throws Exception {
    HttpResponse<byte[]> response = user.bytes(path);
    return response.statusCode() == 200 ? new String(response.body(), UTF_8) : "none";
  }

  private void frame(String stream, Instant at, String jpeg) throws Exception {
    gateway.publish(record(gateway.topics().frames(), stream, at, jpeg.getBytes(UTF_8)));
  }

  private void caption(String stream, Instant at, String text) throws Exception {
    Answer caption = LiveGateway.completed("c", null, AnswerKind.CAPTION, text);
    byte[] value = new JsonSerde<>(Answer.class).write(caption);
    gateway.publish(record(gateway.topics().captions(), stream, at, value));
  }

  private static ProducerRecord<String, byte[]> record(
      String topic, String stream, Instant at, byte[] value) {
    return new ProducerRecord<>(topic, null, at.toEpochMilli(), stream, value);
  }
}
