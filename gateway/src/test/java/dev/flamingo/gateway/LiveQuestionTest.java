package dev.flamingo.gateway;

import static dev.flamingo.gateway.LiveGateway.completed;
import static dev.flamingo.gateway.LiveGateway.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flamingo.events.Answer;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.Example;
import dev.flamingo.events.Question;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(90)
@ExtendWith(GatewayExtension.class)
class LiveQuestionTest {

  private final LiveGateway gateway;
  private final LiveClient client;

  LiveQuestionTest(LiveGateway gateway) throws Exception {
    this.gateway = gateway;
    client = LiveClient.connect(gateway);
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void anAnswerIsToldPieceByPieceAndThenAsAWholeUnderTheClientsOwnId() throws Exception {
    client.send(ask("q1", "what color is the bus?"));
    Question asked = gateway.asked("what color is the bus?");
    gateway.say(key(asked), 0, "the bus");
    gateway.say(key(asked), 1, " is red");
    client.atLeast("answer.delta", 2);
    gateway.end(completed(asked, "the bus is red"));

    JsonNode end = client.first("answer.completed");
    assertThat(client.events())
        .extracting(event -> event.path("type").asText())
        .containsExactly(
            "welcome", "answer.created", "answer.delta", "answer.delta", "answer.completed");
    assertThat(client.events().subList(1, 5))
        .extracting(event -> event.path("id").asText())
        .containsOnly("q1");
    assertThat(client.events("answer.delta"))
        .extracting(event -> event.path("text").asText())
        .containsExactly("the bus", " is red");
    assertThat(end.path("text").asText()).isEqualTo("the bus is red");
    assertThat(end.path("question").asText()).isEqualTo("what color is the bus?");
    assertThat(end.path("finish").asText()).isEqualTo("stop");
    assertThat(client.events())
        .extracting(event -> event.path("seq").asLong())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void theWelcomeNamesTheProtocolAndTheCreationTheKeyInKafka() throws Exception {
    assertThat(client.subprotocol()).isEqualTo("flamingo.v1");
    assertThat(client.first("welcome").path("protocol").asText()).isEqualTo("flamingo.v1");

    client.send(ask("q1", "who crosses?"));

    JsonNode created = client.first("answer.created");
    Question asked = gateway.asked("who crosses?");
    assertThat(created.path("key").asText()).isEqualTo(key(asked)).endsWith("-q1");
    assertThat(created.path("stream").asText()).isEqualTo("street");
    assertThat(asked.stream()).isEqualTo("street");
  }

  @Test
  void examplesReachTheJob() throws Exception {
    client.send(
        """
        {"type":"ask","id":"q1","stream":"street","text":"what is this one?","examples":[
         {"window":"2026-05-01T12:00:00Z","question":"what is this?","answer":"a wug"}]}""");
    Question asked = gateway.asked("what is this one?");
    assertThat(asked.examples())
        .containsExactly(
            new Example(null, Example.Window.at("2026-05-01T12:00:00Z"), "what is this?", "a wug"));
    gateway.end(completed(asked, "a wug"));
    assertThat(client.first("answer.completed").path("text").asText()).isEqualTo("a wug");
  }

  @Test
  void aSecondAnswerIsNotTold() throws Exception {
    client.send(ask("q1", "is it raining?"));
    Question asked = gateway.asked("is it raining?");
    gateway.end(completed(asked, "yes"));
    gateway.end(completed(asked, "no"));
    client.send(ask("q2", "is it raining still?"));
    gateway.end(completed(gateway.asked("is it raining still?"), "yes, still"));

    assertThat(client.atLeast("answer.completed", 2))
        .extracting(event -> event.path("text").asText())
        .containsExactly("yes", "yes, still");
  }

  @Test
  void twoClientsMayChooseTheSameId() throws Exception {
    try (LiveClient other = LiveClient.connect(gateway)) {
      client.send(ask("q1", "how many cars?"));
      other.send(ask("q1", "how many buses?"));
      gateway.end(completed(gateway.asked("how many buses?"), "two"));
      gateway.end(completed(gateway.asked("how many cars?"), "five"));

      assertThat(client.first("answer.completed").path("text").asText()).isEqualTo("five");
      assertThat(other.first("answer.completed").path("text").asText()).isEqualTo("two");
    }
  }

  @Test
  void aCancelIsPublishedAndItsEndTold() throws Exception {
    client.send(ask("q1", "where does the tram go?"));
    Question asked = gateway.asked("where does the tram go?");

    client.send("{\"type\":\"cancel\",\"id\":\"q1\"}");

    patiently()
        .until(
            () ->
                gateway
                    .questions()
                    .anyMatch(question -> question.cancel() && key(question).equals(key(asked))));
    gateway.end(Answer.cancelled(key(asked), asked.text(), asked.stream()));
    assertThat(client.first("answer.cancelled").path("id").asText()).isEqualTo("q1");
  }

  @Test
  void aFailureOfTheJobIsToldWithItsCode() throws Exception {
    client.send(ask("q1", "what is in the dark?"));
    Question asked = gateway.asked("what is in the dark?");
    gateway.end(
        Answer.failed(
            key(asked), asked.text(), asked.stream(), ErrorCode.NO_VIDEO, "no frames yet"));

    JsonNode failed = client.first("answer.failed");
    assertThat(failed.path("id").asText()).isEqualTo("q1");
    assertThat(failed.path("error").path("code").asText()).isEqualTo("no-video");
    assertThat(failed.path("error").path("message").asText()).isEqualTo("no frames yet");
  }

  @Test
  void aQuestionThatNoJobAnswersFailsAtItsDeadline() throws Exception {
    client.send(
        """
        {"type":"ask","id":"q1","stream":"street","text":"is anybody there?","deadlineMs":1}""");

    JsonNode failed = client.first("answer.failed");
    assertThat(failed.path("id").asText()).isEqualTo("q1");
    assertThat(failed.path("error").path("code").asText()).isEqualTo("deadline");
  }

  @Test
  void anIdThatWasAnsweredGetsTheFirstAnswerAtOnce() throws Exception {
    client.send(ask("q1", "asked by a machine"));
    Question asked = gateway.asked("asked by a machine");
    gateway.end(completed(asked, "one"));
    client.first("answer.completed");

    client.send(ask("q1", "asked by a machine"));

    JsonNode again = client.atLeast("answer.completed", 2).get(1);
    assertThat(again.path("text").asText()).isEqualTo("one");
    assertThat(again.path("id").asText()).isEqualTo("q1");
    assertThat(again.path("key").asText()).isEqualTo(key(asked));
    assertThat(client.events("error")).isEmpty();

    client.send(ask("q1", "another question under the same id"));
    assertThat(client.first("error").path("message").asText()).contains("another question");
    assertThat(gateway.questions().filter(known -> key(asked).equals(key(known)))).hasSize(1);
  }

  @Test
  void theSameQuestionThatIsSentTwiceIsAskedOnce() throws Exception {
    client.send(ask("q1", "sent twice"));
    client.send(ask("q1", "sent twice"));
    client.atLeast("answer.created", 2);
    gateway.end(completed(gateway.asked("sent twice"), "once"));

    assertThat(client.first("answer.completed").path("text").asText()).isEqualTo("once");
    assertThat(gateway.questions().filter(known -> "sent twice".equals(known.text()))).hasSize(1);
  }

  @Test
  void whoLeavesGetsTheAnswerElsewhereByItsKey() throws Exception {
    client.send(ask("q1", "who is left?"));
    String key = client.first("answer.created").path("key").asText();
    Question asked = gateway.asked("who is left?");
    client.close();
    HttpUser elsewhere = new HttpUser(gateway);
    patiently().until(() -> elsewhere.get("/metrics").body().contains("websocket_clients 0"));
    assertThat(elsewhere.get("/v1/questions/" + key).statusCode()).isEqualTo(202);

    gateway.end(completed(asked, "nobody"));

    patiently().until(() -> elsewhere.get("/v1/questions/" + key).statusCode() == 200);
    assertThat(elsewhere.get("/v1/questions/" + key).body()).contains("\"text\":\"nobody\"");
    assertThat(gateway.questions().filter(known -> "who is left?".equals(known.text()))).hasSize(1);
  }

  private static String ask(String id, String text) {
    return """
    {"type":"ask","id":"%s","stream":"street","text":"%s"}"""
        .formatted(id, text);
  }

  private static String key(Question question) {
    return String.valueOf(question.id());
  }
}
