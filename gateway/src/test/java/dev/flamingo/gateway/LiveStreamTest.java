package dev.flamingo.gateway;

import static dev.flamingo.gateway.LiveGateway.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(90)
@ExtendWith(GatewayExtension.class)
class LiveStreamTest {

  private static final int SLOW = 4429;

  private final LiveGateway gateway;
  private final LiveClient client;

  LiveStreamTest(LiveGateway gateway) throws Exception {
    this.gateway = gateway;
    client = LiveClient.connect(gateway);
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void aSubscriberIsToldCaptionsAndStatesOfItsStream() throws Exception {
    gateway.register("bridge");
    client.send(subscribe("bridge", 0));
    settled();
    JsonNode subscribed = client.first("subscribed");
    assertThat(subscribed.path("stream").asText()).isEqualTo("bridge");
    assertThat(subscribed.path("captions").asBoolean()).isTrue();
    gateway.caption("other-bridge", "not for this client");
    gateway.caption("bridge", "a bus stops");
    status("bridge", "stalled");

    JsonNode caption = client.first("caption");
    assertThat(caption.path("stream").asText()).isEqualTo("bridge");
    assertThat(caption.path("text").asText()).isEqualTo("a bus stops");
    JsonNode status = client.first("stream.status");
    assertThat(status.path("stream").asText()).isEqualTo("bridge");
    assertThat(status.path("state").asText()).isEqualTo("stalled");
    assertThat(status.path("reason").asText()).isEqualTo("a reason");
    assertThat(client.events("caption")).hasSize(1);
  }

  @Test
  void aLateSubscriberIsToldTheStateAndTheCaptionsItMissed() throws Exception {
    gateway.register("harbour");
    client.send(subscribe("harbour", 0));
    settled();
    status("harbour", "live");
    gateway.caption("harbour", "one");
    gateway.caption("harbour", "two");
    gateway.caption("harbour", "three");
    List<JsonNode> heard = client.atLeast("caption", 3);

    try (LiveClient late = LiveClient.connect(gateway)) {
      late.send(subscribe("harbour", heard.get(0).path("seq").asLong()));

      assertThat(late.atLeast("caption", 2))
          .extracting(event -> event.path("text").asText())
          .containsExactly("two", "three");
      assertThat(late.first("stream.status").path("state").asText()).isEqualTo("live");
      assertThat(late.events())
          .extracting(event -> event.path("seq").asLong())
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aSubscriberWithoutCaptionsIsToldStatesOnly() throws Exception {
    gateway.register("tunnel");
    client.send(
        """
        {"type":"subscribe","stream":"tunnel","captions":false}""");
    settled();
    gateway.caption("tunnel", "a lorry");
    status("tunnel", "ended");

    client.first("stream.status");
    settled();
    assertThat(client.events("caption")).isEmpty();
  }

  @Test
  void whoUnsubscribesIsToldNoMore() throws Exception {
    gateway.register("square");
    gateway.register("marker");
    client.send(subscribe("square", 0));
    settled();
    gateway.caption("square", "heard");
    client.first("caption");
    client.send("{\"type\":\"unsubscribe\",\"stream\":\"square\"}");
    settled();
    gateway.caption("square", "not heard");
    gateway.caption("marker", "passed");
    client.send(subscribe("marker", 0));

    assertThat(client.atLeast("caption", 2))
        .extracting(event -> event.path("text").asText())
        .containsExactly("heard", "passed");
  }

  @Test
  void aClientThatDoesNotReadIsClosedAndTheOthersAreServed() throws Exception {
    gateway.register("flood");
    gateway.register("flood-end");
    String wide = "x".repeat(400_000);
    try (LiveClient slow = LiveClient.asleep(gateway)) {
      slow.send(subscribe("flood", 0));
      client.send(subscribe("flood-end", 0));
      settled();
      for (int i = 0; i < 40; i++) {
        gateway.caption("flood", wide);
      }
      gateway.caption("flood-end", "the flood is over");
      assertThat(client.first("caption").path("text").asText()).isEqualTo("the flood is over");

      slow.wake();

      patiently().until(slow::closeCode, code -> code != 0);
      assertThat(slow.closeCode()).isEqualTo(SLOW);
      assertThat(slow.events("caption").size()).isLessThan(40);
    }
  }

  @Test
  void whoSubscribesToManyStreamsAtOnceIsNotClosedForTheirHistories() throws Exception {
    String wide = "x".repeat(20_000);
    for (int stream = 0; stream < 12; stream++) {
      gateway.register("wide-" + stream);
      for (int i = 0; i < 20; i++) {
        gateway.caption("wide-" + stream, i + " " + wide);
      }
    }
    gateway.register("wide-end");
    client.send(subscribe("wide-end", 0));
    settled();
    gateway.caption("wide-end", "all is told");
    client.first("caption");

    try (LiveClient late = LiveClient.asleep(gateway)) {
      for (int stream = 0; stream < 12; stream++) {
        late.send(subscribe("wide-" + stream, 0));
      }
      late.send("{\"type\":\"settled?\"}");
      gateway.caption("wide-11", "new");
      late.wake();

      List<JsonNode> captions = late.atLeast("caption", 12 * 20 + 1);
      assertThat(captions)
          .filteredOn(caption -> caption.path("stream").asText().equals("wide-11"))
          .extracting(caption -> caption.path("text").asText())
          .hasSize(21)
          .startsWith("0 " + wide, "1 " + wide)
          .endsWith("new");
      assertThat(late.events())
          .extracting(event -> event.path("seq").asLong())
          .isSorted()
          .doesNotHaveDuplicates();
      assertThat(late.closeCode()).isZero();
    }
  }

  @Test
  void whoSubscribesToAStreamThatIsNotThereGetsAnError() throws Exception {
    client.send(subscribe("garage", 0));

    JsonNode error = client.first("error");
    assertThat(error.path("code").asText()).isEqualTo("unknown-stream");
    assertThat(error.path("stream").asText()).isEqualTo("garage");
    assertThat(error.path("message").asText()).isEqualTo("there is no stream garage");
    assertThat(client.events("subscribed")).isEmpty();
  }

  @Test
  void whoUnsubscribesFromWhatItDoesNotFollowGetsAnError() throws Exception {
    client.send("{\"type\":\"unsubscribe\",\"stream\":\"garage\"}");

    JsonNode error = client.first("error");
    assertThat(error.path("code").asText()).isEqualTo("not-subscribed");
    assertThat(error.path("stream").asText()).isEqualTo("garage");
  }

  @Test
  void whatIsNotBuiltYetIsRefusedByName() throws Exception {
    gateway.register("alley");
    client.send("{\"type\":\"subscribe\",\"stream\":\"alley\",\"alerts\":true}");

    assertThat(client.first("error").path("message").asText()).contains("alerts");
  }

  // What was sent before the answer to a bad message has been taken note of.
  private void settled() throws Exception {
    int known = client.events("error").size();
    client.send("{\"type\":\"settled?\"}");
    client.atLeast("error", known + 1);
  }

  private void status(String stream, String state) throws Exception {
    gateway.publish(
        gateway.topics().streamStatus(),
        stream,
        """
        {"state":"%s","since":"2026-05-01T12:00:00Z","reason":"a reason"}"""
            .formatted(state));
  }

  private static String subscribe(String stream, long afterSeq) {
    return """
    {"type":"subscribe","stream":"%s","captions":true,"afterSeq":%d}"""
        .formatted(stream, afterSeq);
  }
}
