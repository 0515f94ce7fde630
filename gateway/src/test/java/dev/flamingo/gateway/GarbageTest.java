package dev.flamingo.gateway;

import static dev.flamingo.gateway.HttpUser.json;
import static dev.flamingo.gateway.LiveGateway.completed;
import static dev.flamingo.gateway.LiveGateway.patiently;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.events.Question;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(90)
@ExtendWith(GatewayExtension.class)
class GarbageTest {

  private static final List<String> GARBAGE =
      List.of("not json", "", "[]", "null", "{}", "{\"id\":7}", "\u0000\uffff", "[".repeat(5_000));

  private final LiveGateway gateway;
  private final HttpUser user;

  GarbageTest(LiveGateway gateway) {
    this.gateway = gateway;
    user = new HttpUser(gateway);
  }

  @Test
  void garbageOnAnyTopicStopsNothing() throws Exception {
    for (String topic :
        List.of(
            gateway.topics().answers(),
            gateway.topics().answerDeltas(),
            gateway.topics().captions(),
            gateway.topics().frames())) {
      for (String garbage : GARBAGE) {
        gateway.publish(topic, "garbage", garbage);
        gateway.publish(topic, null, garbage);
        gateway.publish(topic, "No Such Name", garbage);
      }
      gateway.publish(topic, "garbage", (byte[]) null);
    }
    for (String topic : List.of(gateway.topics().streams(), gateway.topics().streamStatus())) {
      for (String garbage : GARBAGE) {
        gateway.publish(topic, "No Such Name", garbage);
      }
      gateway.publish(topic, "No Such Name", (byte[]) null);
    }

    stillServes("after the garbage");
    assertThat(user.get("/v1/streams").statusCode()).isEqualTo(200);
    assertThat(user.get("/v1/streams/garbage/captions").statusCode()).isEqualTo(404);
  }

  @Test
  void anAnswerThatIsNoneNeitherEndsAQuestionNorIsRemembered() throws Exception {
    try (LiveClient client = LiveClient.connect(gateway)) {
      client.send(
          """
          {"type":"ask","id":"q1","stream":"street","text":"half an answer?"}""");
      Question asked = gateway.asked("half an answer?");
      String key = String.valueOf(asked.id());
      gateway.publish(gateway.topics().answerDeltas(), key, "{\"id\":\"%s\"}".formatted(key));
      gateway.publish(gateway.topics().answers(), key, "{\"id\":\"%s\"}".formatted(key));
      gateway.end(completed(asked, "a whole one"));

      assertThat(client.first("answer.completed").path("text").asText()).isEqualTo("a whole one");
      assertThat(client.events("answer.delta")).isEmpty();
      patiently().until(() -> user.get("/v1/questions/" + key).statusCode() == 200);
      assertThat(json(user.get("/v1/questions/" + key)).path("text").asText())
          .isEqualTo("a whole one");
      assertThat(dead(key).value()).isEqualTo("{\"id\":\"%s\"}".formatted(key).getBytes(UTF_8));
    }
  }

  @Test
  void garbageThatIsAsLargeAsARecordMayBeStopsNothing() throws Exception {
    gateway.publish(gateway.topics().answers(), "large", "x".repeat((1 << 20) - 120));

    stillServes("after the large garbage");
  }

  private void stillServes(String text) throws Exception {
    try (LiveClient client = LiveClient.connect(gateway)) {
      client.send(
          """
          {"type":"ask","id":"q1","stream":"street","text":"%s"}"""
              .formatted(text));
      Question asked = gateway.asked(text);
      gateway.end(completed(asked, "yes"));
      assertThat(client.first("answer.completed").path("text").asText()).isEqualTo("yes");
      patiently().until(() -> user.get("/v1/questions/" + asked.id()).statusCode() == 200);
    }
  }

  private ConsumerRecord<String, byte[]> dead(String key) {
    return patiently()
        .until(
            () ->
                gateway.records(gateway.topics().deadLetters()).stream()
                    .filter(record -> key.equals(record.key()))
                    .toList(),
            found -> !found.isEmpty())
        .get(0);
  }
}
