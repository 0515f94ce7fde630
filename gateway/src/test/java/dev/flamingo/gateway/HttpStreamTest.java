package dev.flamingo.gateway;

import static dev.flamingo.gateway.HttpUser.json;
import static dev.flamingo.gateway.LiveGateway.patiently;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerKind;
import dev.flamingo.events.JsonSerde;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        "{\"id\":null,\"uri\":\"street:\"}",
        "{\"id\":7,\"uri\":\"street:\"}",
        "{\"id\":true,\"uri\":\"street:\"}",
        "{\"id\":\"gate\",\"uri\":\"street:\"} xyz",
        "{\"id\":\"gate\",\"uri\":7}",
      })
  void aBadRegistrationIsRefusedInOneSentence(String body) throws Exception {
    HttpResponse<String> response = user.post("/v1/streams", body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("error").path("message").asText()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'id':'gate','uri':'street:','enabled':'no'} | the field enabled must be true or false",
        "{'id':'gate','uri':'street:','captions':1} | the field captions must be true or false",
        "{'id':'gate','uri':'street:','labels':{'a':{}}} | the label a must be a text",
        "{'id':'gate','uri':'javascript:alert(1)'} | unknown source scheme",
        "{'id':'gate','uri':'pipe:0'} | unknown source scheme",
        "{'id':'gate','uri':' street:'} | begins or ends with a blank",
        "{'id':'gate','uri':'rtsp:/camera'} | names no host",
        "{'id':'gate','uri':'street:','masks':[]} | field masks is not supported",
        "{'id':'gate','uri':'street:','zone':'UTC'} | field zone is not supported",
        "{'id':'gate','uri':'street:','prompt':'?'} | field prompt is not supported",
      })
  void theFieldThatIsWrongIsNamed(String body, String why) throws Exception {
    HttpResponse<String> response = user.post("/v1/streams", body.replace('\'', '"'));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("error").path("message").asText()).contains(why);
  }

  @Test
  void aStreamIsNeverOverwrittenInSilence() throws Exception {
    String first = "{\"id\":\"door\",\"uri\":\"street:?seed=7\"}";
    assertThat(user.post("/v1/streams", first).statusCode()).isEqualTo(201);
    assertThat(user.post("/v1/streams", first).statusCode()).isEqualTo(200);

    HttpResponse<String> other = user.post("/v1/streams", "{\"id\":\"door\",\"uri\":\"street:\"}");

    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(json(other).path("error").path("code").asText()).isEqualTo("stream-exists");
    assertThat(json(other).path("error").path("message").asText())
        .contains("PATCH /v1/streams/door");
    assertThat(new String(registered("door").value(), UTF_8)).contains("seed=7");
  }

  @Test
  void ofManyWhoRegisterTheSameIdAtOnceOneWins() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
    for (int seed = 0; seed < 8; seed++) {
      responses.add(
          user.client()
              .sendAsync(
                  user.request("/v1/streams")
                      .POST(
                          BodyPublishers.ofString(
                              "{\"id\":\"race\",\"uri\":\"street:?seed=%d\"}".formatted(seed)))
                      .build(),
                  BodyHandlers.ofString()));
    }

    assertThat(responses.stream().map(it -> it.join().statusCode()).sorted())
        .containsExactly(201, 409, 409, 409, 409, 409, 409, 409);
  }

  @Test
  void aStreamIsChangedByAMergePatch() throws Exception {
    user.post(
        "/v1/streams",
        """
        {"id":"porch","uri":"rtsp://admin:secret@camera/1","captions":true,
         "labels":{"name":"Porch","site":"north"}}""");

    HttpResponse<String> changed =
        patch("porch", "{\"labels\":{\"name\":\"Front porch\",\"site\":null},\"enabled\":false}");

    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.body()).doesNotContain("secret");
    JsonNode listed = listed("porch").orElseThrow();
    assertThat(listed.path("labels").toString()).isEqualTo("{\"name\":\"Front porch\"}");
    assertThat(listed.path("enabled").asBoolean(true)).isFalse();
    assertThat(listed.path("captions").asBoolean()).isTrue();
    assertThat(new String(registered("porch").value(), UTF_8)).contains("admin:secret@camera");
    assertThat(patch("porch", "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void theAddressThatIsShownNeverTakesThePlaceOfThePassword() throws Exception {
    user.post("/v1/streams", "{\"id\":\"attic\",\"uri\":\"rtsp://admin:secret@camera/1?key=k\"}");
    JsonNode shown = listed("attic").orElseThrow().path("uri");

    HttpResponse<String> changed =
        patch("attic", "{\"enabled\":false,\"uri\":%s}".formatted(shown));

    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(new String(registered("attic").value(), UTF_8))
        .contains("admin:secret@camera/1?key=k")
        .contains("\"enabled\":false");
    HttpResponse<String> copied =
        user.post("/v1/streams", "{\"id\":\"attic-2\",\"uri\":%s}".formatted(shown));
    assertThat(copied.statusCode()).isEqualTo(400);
  }

  @Test
  void aLabelIsBoundedSoThatTheListIs() throws Exception {
    String label = "x".repeat(1_001);

    assertThat(
            user.post(
                    "/v1/streams",
                    "{\"id\":\"loft\",\"uri\":\"street:\",\"labels\":{\"name\":\"%s\"}}"
                        .formatted(label))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void aRemovedStreamLeavesNoPicturesToTheNextOneOfItsId() throws Exception {
    user.post("/v1/streams", "{\"id\":\"cellar\",\"uri\":\"street:\"}");
    frame("cellar", NOON, "old");
    patiently()
        .untilAsserted(() -> assertThat(image("/v1/streams/cellar/frame.jpg")).isEqualTo("old"));

    assertThat(user.delete("/v1/streams/cellar").statusCode()).isEqualTo(204);

    patiently().until(() -> user.get("/v1/streams/cellar/frame.jpg").statusCode(), it -> it == 404);
    user.post("/v1/streams", "{\"id\":\"cellar\",\"uri\":\"street:?seed=2\"}");
    assertThat(listed("cellar").orElseThrow().has("pictures")).isFalse();
  }

  @Test
  void aStreamWithoutANameIsNotListed() throws Exception {
    gateway.publish(gateway.topics().streams(), "", "{\"uri\":\"street:\"}");
    gateway.register("behind-it");

    patiently().until(() -> listed("behind-it").isPresent());
    assertThat(listed("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'id':'other'} | never changes",
        "{'uri':null} | the field uri must be a text",
        "{'uri':'pipe:0'} | unknown source scheme",
        "{'enabled':null} | the field enabled must be true or false",
        "{'labels':{'name':7}} | the label name must be a text",
        "{'labels':{'':'x'}} | the name of a label has 1 to 100 characters",
        "{'uri':'rtsp://***@camera/2'} | *** where a secret was hidden",
        "{'uri':'rtmp://host/app/***'} | *** where a secret was hidden",
        "{'uri':'https://camera/live?***'} | *** where a secret was hidden",
        "{'caption':true} | no field caption",
        "{'retention':{'days':7}} | no field retention",
        "[] | no JSON object",
      })
  void aPatchThatIsWrongChangesNothing(String body, String why) throws Exception {
    user.post("/v1/streams", "{\"id\":\"shed\",\"uri\":\"street:\"}");

    HttpResponse<String> response = patch("shed", body.replace('\'', '"'));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("error").path("message").asText()).contains(why);
    assertThat(listed("shed").orElseThrow().path("uri").asText()).isEqualTo("street:");
  }

  @Test
  void aStreamThatIsNotThereCannotBeChanged() throws Exception {
    HttpResponse<String> response = patch("nowhere", "{\"enabled\":false}");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(json(response).path("error").path("code").asText()).isEqualTo("unknown-stream");
  }

  @Test
  void aStreamThatAnotherProgramGaveAnOddNameCanBeRemoved() throws Exception {
    gateway.register("Odd Name");

    assertThat(user.delete("/v1/streams/Odd%20Name").statusCode()).isEqualTo(204);

    assertThat(listed("Odd Name")).isEmpty();
  }

  private HttpResponse<String> patch(String id, String body) throws Exception {
    return user.send(
        user.request("/v1/streams/" + id).method("PATCH", BodyPublishers.ofString(body)));
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
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    HttpResponse<byte[]> newest = user.bytes("/v1/streams/lane/frame.jpg");
    assertThat(newest.headers().firstValue("Content-Type")).hasValue("image/jpeg");
    assertThat(newest.headers().firstValue("Cache-Control")).hasValue("private, no-cache");
    assertThat(Instant.parse(newest.headers().firstValue("Served-At").orElseThrow()))
        .isBetween(before, Instant.now());
    assertThat(newest.headers().firstValue("Captured-At")).hasValue("2026-05-01T12:00:01Z");
    assertThat(user.get("/v1/streams/lane/frame.jpg?at=2026-05-01T11:00:00Z").statusCode())
        .isEqualTo(404);
    assertThat(image("/v1/streams/lane/frame.jpg?at=2026-05-01T14:00:00+02:00"))
        .as("a plus sign as people type it")
        .isEqualTo("first");
    for (String instant :
        List.of("noon", "", "2026-05-01T12:00:00", "-1", "%2B1000000000-12-31T23:59:59.999Z")) {
      assertThat(user.get("/v1/streams/lane/frame.jpg?at=" + instant).statusCode())
          .as(instant)
          .isEqualTo(400);
    }
  }

  @Test
  void aFrameThatAClientHasIsNotSentAgain() throws Exception {
    frame("hall", NOON, "first");
    patiently().until(() -> user.bytes("/v1/streams/hall/frame.jpg").statusCode() == 200);
    HttpResponse<byte[]> first = user.bytes("/v1/streams/hall/frame.jpg");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    String date = first.headers().firstValue("Last-Modified").orElseThrow();
    assertThat(date).isEqualTo("Fri, 01 May 2026 12:00:00 GMT");

    HttpResponse<byte[]> same = hall("If-None-Match", "\"other\", " + tag);
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(same.headers().firstValue("ETag")).hasValue(tag);
    assertThat(same.headers().firstValue("Captured-At")).hasValue("2026-05-01T12:00:00Z");
    assertThat(hall("If-Modified-Since", date).statusCode()).isEqualTo(304);
    assertThat(hall("If-None-Match", "\"other\"").statusCode()).isEqualTo(200);

    frame("hall", NOON.plusSeconds(1), "second");
    patiently().until(() -> hall("If-None-Match", tag).statusCode() == 200);
    assertThat(hall("If-Modified-Since", date).body()).isEqualTo("second".getBytes(UTF_8));
  }

  private HttpResponse<byte[]> hall(String header, String value) throws Exception {
    return user.bytes("/v1/streams/hall/frame.jpg", header, value);
  }

  @Test
  void peopleSeeThePicturesAndTheModelsFramesOfOtherMoments() throws Exception {
    frame("gate", NOON, "small");
    frame("gate", NOON.plusSeconds(1), "small, too");
    picture("gate", NOON, "large");

    patiently()
        .untilAsserted(() -> assertThat(image("/v1/streams/gate/frame.jpg")).isEqualTo("large"));
    assertThat(image("/v1/streams/gate/frame.jpg?at=2026-05-01T12:00:00Z")).isEqualTo("large");
    patiently()
        .untilAsserted(
            () ->
                assertThat(image("/v1/streams/gate/frame.jpg?at=2026-05-01T12:00:01Z"))
                    .isEqualTo("small, too"));
    assertThat(user.bytes("/v1/streams/gate/frame.jpg").headers().firstValue("Captured-At"))
        .hasValue("2026-05-01T12:00:00Z");

    frame("gate", NOON.plusSeconds(100), "much later");
    patiently()
        .untilAsserted(
            () -> assertThat(image("/v1/streams/gate/frame.jpg")).isEqualTo("much later"));
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
    Instant begin = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
    for (int i = 0; i < 4; i++) {
      caption("park", begin.plusSeconds(i), "caption " + i);
    }
    caption("park-2", begin, "another stream");
    patiently().until(() -> json(user.get("/v1/streams/park/captions")).size() == 4);

    HttpResponse<String> range =
        user.get(
            "/v1/streams/park/captions?from=%s&to=%s"
                .formatted(begin.plusSeconds(1), begin.plusSeconds(2)));

    assertThat(range.statusCode()).isEqualTo(200);
    assertThat(json(range))
        .extracting(caption -> caption.path("text").asText())
        .containsExactly("caption 1", "caption 2");
    assertThat(user.get("/v1/streams/nowhere/captions").statusCode()).isEqualTo(404);
    gateway.register("empty");
    assertThat(json(user.get("/v1/streams/empty/captions"))).isEmpty();
    for (String query : List.of("from=noon", "from=%2B1000000000-12-31T23:59:59Z", "to=-1")) {
      assertThat(user.get("/v1/streams/park/captions?" + query).statusCode())
          .as(query)
          .isEqualTo(400);
    }
  }

  private Optional<JsonNode> listed(String id) throws Exception {
    JsonNode all = json(user.get("/v1/streams"));
    return StreamSupport.stream(all.spliterator(), false)
        .filter(stream -> stream.path("id").asText().equals(id))
        .findFirst();
  }

  private ConsumerRecord<String, byte[]> registered(String id) {
    return gateway.records(gateway.topics().streams()).stream()
        .filter(record -> id.equals(record.key()))
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

  private void picture(String stream, Instant at, String jpeg) throws Exception {
    gateway.publish(record(gateway.topics().pictures(), stream, at, jpeg.getBytes(UTF_8)));
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
