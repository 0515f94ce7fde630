package dev.flamingo.gateway;

import static dev.flamingo.gateway.HttpUser.json;
import static dev.flamingo.gateway.LiveGateway.completed;
import static dev.flamingo.gateway.LiveGateway.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flamingo.events.Answer;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.Example;
import dev.flamingo.events.Question;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(90)
@ExtendWith(GatewayExtension.class)
class HttpQuestionTest {

  private final LiveGateway gateway;
  private final HttpUser user;

  HttpQuestionTest(LiveGateway gateway) {
    this.gateway = gateway;
    user = new HttpUser(gateway);
  }

  @Test
  void aQuestionWaitsForItsAnswer() throws Exception {
    CompletableFuture<HttpResponse<String>> response = user.ask(question("over http, what?"));
    gateway.end(completed(gateway.asked("over http, what?"), "a bus"));

    HttpResponse<String> answered = response.get(30, TimeUnit.SECONDS);
    assertThat(answered.statusCode()).isEqualTo(200);
    assertThat(json(answered).path("status").asText()).isEqualTo("completed");
    assertThat(json(answered).path("text").asText()).isEqualTo("a bus");
  }

  @Test
  void examplesAndSupportsReachTheJob() throws Exception {
    CompletableFuture<HttpResponse<String>> shown =
        user.ask(
            """
            {"stream":"street","text":"what is shown?","examples":[
             {"image":"/9j/","question":"what is this?","answer":"a wug"},
             {"window":{"from":"2026-05-01T12:00:00Z","to":"2026-05-01T12:00:07Z"},
              "question":"what is this?","answer":"a dax"}]}""");
    Question asked = gateway.asked("what is shown?");
    Instant noon = Instant.parse("2026-05-01T12:00:00Z");
    assertThat(asked.examples())
        .containsExactly(
            Example.of("/9j/", "what is this?", "a wug"),
            new Example(
                null, new Example.Window(noon, noon.plusSeconds(7)), "what is this?", "a dax"));
    gateway.end(completed(asked, "a wug"));
    assertThat(shown.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);

    CompletableFuture<HttpResponse<String>> named =
        user.ask(
            """
            {"stream":"street","text":"what is named?","support":"wugs"}""");
    asked = gateway.asked("what is named?");
    assertThat(asked.support()).isEqualTo("wugs");
    gateway.end(completed(asked, "a dax"));
    assertThat(named.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  @Test
  void examplesThatAreWrongAreRefusedBeforeTheyReachKafka() throws Exception {
    String example = "{\"image\":\"/9j/\",\"question\":\"what?\",\"answer\":\"a wug\"}";
    refused("\"examples\":[" + (example + ",").repeat(32) + example + "]", "at most 32 examples");
    refused("\"examples\":[{\"image\":\"/9j/\",\"question\":\"what?\"}]", "needs an answer");
    refused("\"examples\":[" + example + "],\"support\":\"wugs\"", "either examples, or a support");
    refused("\"examples\":\"wugs\"", "wrong kind");
    refused("\"support\":\"" + "w".repeat(201) + "\"", "the name of a support");
    String large = example.replace("/9j/", "/9j/".repeat(100_100));
    refused("\"examples\":[" + large + "," + large + "]", "send smaller pictures");
    refused(
        "\"examples\":[" + example.replace("/9j/", "/9j/".repeat(175_001)) + "]",
        "send smaller images");
    assertThat(gateway.questions()).noneMatch(question -> "never asked".equals(question.text()));
  }

  private void refused(String fields, String why) throws Exception {
    HttpResponse<String> response =
        user.post(
            "/v1/questions", "{\"stream\":\"street\",\"text\":\"never asked\"," + fields + "}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("error").path("message").asText()).contains(why);
  }

  @ParameterizedTest
  @CsvSource({
    "BAD_QUESTION, 422",
    "UNKNOWN_STREAM, 404",
    "NO_VIDEO, 404",
    "DEADLINE, 504",
    "OVERLOADED, 429",
    "INTERNAL, 500",
  })
  void aFailureHasAStatusOfItsOwn(ErrorCode code, int status) throws Exception {
    String text = "what fails as " + code;
    CompletableFuture<HttpResponse<String>> response = user.ask(question(text));
    Question asked = gateway.asked(text);
    gateway.end(Answer.failed(String.valueOf(asked.id()), text, asked.stream(), code, "it failed"));

    HttpResponse<String> answered = response.get(30, TimeUnit.SECONDS);
    assertThat(answered.statusCode()).isEqualTo(status);
    assertThat(json(answered).path("error").path("code").asText()).isEqualTo(code.wireName());
  }

  @Test
  void aQuestionThatNoJobAnswersFailsAtItsDeadline() throws Exception {
    HttpResponse<String> response =
        user.post(
            "/v1/questions",
            """
            {"stream":"street","text":"is nobody there?","deadlineMs":1}""");

    assertThat(response.statusCode()).isEqualTo(504);
    assertThat(json(response).path("error").path("code").asText()).isEqualTo("deadline");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "identity", "gzip"})
  void anAnswerIsStreamedAsItComesAlsoToWhoTakesCompression(String encoding) throws Exception {
    String text = "streamed with " + encoding;
    var request =
        user.request("/v1/questions")
            .header("Accept", "text/event-stream")
            .POST(BodyPublishers.ofString(question(text)));
    if (!encoding.isEmpty()) {
      request.header("Accept-Encoding", encoding);
    }
    HttpResponse<InputStream> response =
        user.client().send(request.build(), BodyHandlers.ofInputStream());
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    boolean packed = response.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
    Question asked = gateway.asked(text);
    try (InputStream body = packed ? new GZIPInputStream(response.body()) : response.body();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      List<String> created = event(lines);
      assertThat(created).startsWith("event: answer.created");
      assertThat(created.get(1)).startsWith("data: {");
      gateway.say(String.valueOf(asked.id()), 0, "a");
      assertThat(event(lines)).startsWith("event: answer.delta");
      gateway.end(completed(asked, "a bus"));
      List<String> end = event(lines);
      assertThat(end).startsWith("event: answer.completed");
      assertThat(end.get(1)).contains("\"text\":\"a bus\"");
      assertThat(lines.readLine()).isNull();
    }
  }

  @Test
  void anAnswerIsFoundByIdWhenItIsThere() throws Exception {
    assertThat(user.get("/v1/questions/mine-1").statusCode()).isEqualTo(404);
    CompletableFuture<HttpResponse<String>> response =
        user.ask(
            """
            {"id":"mine-1","stream":"street","text":"found by id?"}""");
    Question asked = gateway.asked("found by id?");
    assertThat(asked.id()).isEqualTo("mine-1");
    assertThat(user.get("/v1/questions/mine-1").statusCode()).isEqualTo(202);

    gateway.end(completed(asked, "yes"));

    assertThat(response.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    HttpResponse<String> found =
        patiently().until(() -> user.get("/v1/questions/mine-1"), got -> got.statusCode() == 200);
    JsonNode answer = json(found);
    assertThat(answer.path("text").asText()).isEqualTo("yes");
  }

  @Test
  void theSameIdIsAnsweredOnceAndNotAskedTwiceAtATime() throws Exception {
    String question =
        """
        {"id":"mine-2","stream":"street","text":"asked again?"}""";
    CompletableFuture<HttpResponse<String>> first = user.ask(question);
    Question asked = gateway.asked("asked again?");
    assertThat(user.post("/v1/questions", question).statusCode()).isEqualTo(409);
    gateway.end(completed(asked, "once"));
    first.get(30, TimeUnit.SECONDS);
    patiently().until(() -> user.get("/v1/questions/mine-2").statusCode() == 200);

    HttpResponse<String> again = user.post("/v1/questions", question);

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json(again).path("text").asText()).isEqualTo("once");
    assertThat(gateway.questions().filter(known -> "mine-2".equals(known.id()))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "",
        "[]",
        "{}",
        "{\"stream\":\"street\"}",
        "{\"text\":\"which camera?\"}",
        "{\"stream\":\"No Such Name\",\"text\":\"?\"}",
        "{\"stream\":\"street\",\"text\":\"?\",\"at\":\"yesterday\"}",
      })
  void aBadQuestionIsRefusedInOneSentence(String question) throws Exception {
    HttpResponse<String> response = user.post("/v1/questions", question);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("error").path("message").asText()).isNotBlank();
  }

  private static List<String> event(BufferedReader lines) throws Exception {
    List<String> event = new ArrayList<>();
    for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
      event.add(line);
    }
    return event;
  }

  private static String question(String text) {
    return """
    {"stream":"street","text":"%s"}"""
        .formatted(text);
  }
}
