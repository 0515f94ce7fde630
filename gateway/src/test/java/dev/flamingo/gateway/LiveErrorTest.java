package dev.flamingo.gateway;

import static dev.flamingo.gateway.LiveGateway.patiently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(90)
@ExtendWith(GatewayExtension.class)
class LiveErrorTest {

  private final LiveGateway gateway;
  private final LiveClient client;

  LiveErrorTest(LiveGateway gateway) throws Exception {
    this.gateway = gateway;
    client = LiveClient.connect(gateway);
  }

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "",
        "[]",
        "null",
        "{}",
        "{\"type\":7}",
        "{\"type\":\"shout\"}",
        "{\"type\":\"cancel\",\"id\":\"never asked\"}",
        "{\"type\":\"subscribe\"}",
        "{\"type\":\"subscribe\",\"stream\":\"No Such Name\"}",
        "{\"type\":\"unsubscribe\"}",
        "{\"type\":\"unsubscribe\",\"stream\":7}",
        "{\"type\":\"cancel\",\"id\":7}",
        "{\"type\":\"subscribe\",\"stream\":\"street\",\"captions\":\"no\"}",
        "{\"type\":\"subscribe\",\"stream\":\"street\",\"alerts\":\"true\"}",
        "{\"type\":\"subscribe\",\"stream\":\"street\",\"afterSeq\":\"9\"}",
        "{\"type\":\"subscribe\",\"stream\":\"street\",\"afterSeq\":-1}",
        "{\"type\":\"subscribe\",\"stream\":\"street\",\"afterSeq\":1e30}",
      })
  void aBadMessageIsAnsweredByAnError(String message) throws Exception {
    client.send(message);

    JsonNode error = client.first("error");
    assertThat(error.path("code").asText()).isEqualTo("bad-message");
    assertThat(error.path("message").asText()).isNotBlank();
    stillServed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"ask\",\"stream\":\"street\",\"text\":\"no id?\"}",
        "{\"type\":\"ask\",\"id\":\" \",\"stream\":\"street\",\"text\":\"a blank id?\"}",
      })
  void aQuestionWithoutAnIdIsAnsweredByAnError(String message) throws Exception {
    client.send(message);

    assertThat(client.first("error").path("code").asText()).isEqualTo("bad-question");
    stillServed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"stream\":\"street\"",
        "\"stream\":\"street\",\"text\":\"\"",
        "\"stream\":\"street\",\"text\":[1]",
        "\"text\":\"which camera?\"",
        "\"stream\":\"No Such Name\",\"text\":\"which camera?\"",
        "\"stream\":\"street\",\"text\":\"when?\",\"at\":\"yesterday\"",
        "\"stream\":\"street\",\"text\":\"how long?\",\"deadlineMs\":0",
        "\"stream\":\"street\",\"text\":\"what?\",\"examples\":[{\"question\":\"?\",\"answer\":\"!\"}]",
        "\"stream\":\"street\",\"text\":\"what?\",\"examples\":[],\"support\":\"wugs\"",
      })
  void aBadQuestionFailsUnderItsId(String fields) throws Exception {
    client.send("{\"type\":\"ask\",\"id\":\"q1\"," + fields + "}");

    JsonNode failed = client.first("answer.failed");
    assertThat(failed.path("id").asText()).isEqualTo("q1");
    assertThat(failed.path("status").asText()).isEqualTo("failed");
    assertThat(failed.path("error").path("code").asText()).isEqualTo("bad-question");
    assertThat(failed.path("error").path("message").asText()).isNotBlank();
    stillServed();
  }

  @Test
  void aSecondQuestionWithAnIdThatWaitsIsAnsweredByAnError() throws Exception {
    client.send(ask("q1", "the first of two"));
    client.send(ask("q1", "the second of two"));

    JsonNode error = client.first("error");
    assertThat(error.path("id").asText()).isEqualTo("q1");
    assertThat(error.path("code").asText()).isEqualTo("bad-question");
    assertThat(client.events("answer.created")).hasSize(1);
  }

  @Test
  void aClientWithTooManyWaitingQuestionsIsTurnedAway() throws Exception {
    for (int i = 0; i < 65; i++) {
      client.send(ask("q" + i, "one of many"));
    }

    JsonNode failed = client.first("answer.failed");
    assertThat(failed.path("id").asText()).isEqualTo("q64");
    assertThat(failed.path("error").path("code").asText()).isEqualTo("overloaded");
    assertThat(client.events("answer.created")).hasSize(64);
  }

  @Test
  void aMessageThatIsTooLargeIsAnsweredByAnErrorAndEndsTheConnection() throws Exception {
    client.send("{\"type\":\"" + "x".repeat(1 << 20) + "\"}");

    assertThat(client.first("error").path("message").asText()).contains("smaller images");
    patiently().until(() -> client.closeCode() == 1009);
  }

  @Test
  void aPageOfAnotherSiteIsRefused() {
    assertThatThrownBy(() -> LiveClient.fromPage(gateway, "http://evil.example"))
        .rootCause()
        .hasMessageContaining("403");
  }

  @Test
  void thePageItselfIsServed() throws Exception {
    try (LiveClient page = LiveClient.fromPage(gateway, "http://localhost:" + gateway.port())) {
      assertThat(page.first("welcome").path("seq").asLong()).isPositive();
    }
  }

  private void stillServed() throws Exception {
    client.send(ask("after", "is the client still served?"));
    client.first("answer.created");
  }

  private static String ask(String id, String text) {
    return """
    {"type":"ask","id":"%s","stream":"street","text":"%s"}"""
        .formatted(id, text);
  }
}
