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
import java.net.http.HttpRequest;
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
    refused("\"examples\":\"wugs\"", "the value is no question: field examples must be a list");
    refused("\"maxTokens\":\"many\"", "field maxTokens must be a whole number");
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
      assertThat(created.get(0)).startsWith("id: ");
      assertThat(created.get(1)).isEqualTo("event: answer.created");
      assertThat(created.get(2)).contains("\"key\":\"" + asked.id() + "\"");
      gateway.say(String.valueOf(asked.id()), 0, "a");
      assertThat(event(lines)).contains("event: answer.delta");
      gateway.end(completed(asked, "a bus"));
      List<String> end = event(lines);
      assertThat(end).startsWith("id: end", "event: answer.completed");
      assertThat(end.get(2)).contains("\"text\":\"a bus\"");
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
  void theSameIdIsAskedOnceAndWhoAsksAgainJoinsTheWait() throws Exception {
    String question =
        """
        {"id":"mine-2","stream":"street","text":"asked again?"}""";
    CompletableFuture<HttpResponse<String>> first = user.ask(question);
    Question asked = gateway.asked("asked again?");
    CompletableFuture<HttpResponse<String>> second = user.ask(question);
    HttpResponse<String> other = user.post("/v1/questions", question.replace("again", "else"));
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(json(other).path("error").path("message").asText()).contains("another question");
    gateway.end(completed(asked, "once"));
    first.get(30, TimeUnit.SECONDS);

    HttpResponse<String> again = user.post("/v1/questions", question);

    for (HttpResponse<String> response : List.of(second.get(30, TimeUnit.SECONDS), again)) {
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(json(response).path("text").asText()).isEqualTo("once");
    }
    assertThat(gateway.questions().filter(known -> "mine-2".equals(known.id()))).hasSize(1);
  }

  @Test
  void anAnswerThatCameByKafkaIsGivenToWhoAsksTheSame() throws Exception {
    Question byKafka = Question.of("by-kafka", "street", "asked by kafka?");
    gateway.end(completed(byKafka, "yes"));
    patiently().until(() -> user.get("/v1/questions/by-kafka").statusCode() == 200);

    HttpResponse<String> response =
        user.post(
            "/v1/questions",
            """
            {"id":"by-kafka","stream":"street","text":"asked by kafka?"}""");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response).path("text").asText()).isEqualTo("yes");
  }

  @Test
  void aQuestionIsFollowedByGetAsAnEventSourceDoes() throws Exception {
    String text = "followed by get";
    var unused =
        user.ask(
            """
            {"id":"mine-3","stream":"street","text":"%s"}"""
                .formatted(text));
    Question asked = gateway.asked(text);
    HttpRequest.Builder follow =
        user.request("/v1/questions/mine-3").header("Accept", "text/event-stream");
    CompletableFuture<HttpResponse<String>> followed =
        user.client().sendAsync(follow.build(), BodyHandlers.ofString());
    gateway.end(completed(asked, "followed"));

    assertThat(followed.get(30, TimeUnit.SECONDS).body())
        .contains("event: answer.completed", "\"text\":\"followed\"");
    assertThat(user.send(follow.copy()).body()).contains("event: answer.completed");
    assertThat(user.send(follow.copy().header("Last-Event-ID", "end")).statusCode()).isEqualTo(204);
  }

  @Test
  void aQuestionIsWithdrawn() throws Exception {
    assertThat(user.delete("/v1/questions/mine-4").statusCode()).isEqualTo(404);
    CompletableFuture<HttpResponse<String>> response =
        user.ask(
            """
            {"id":"mine-4","stream":"street","text":"withdrawn?"}""");
    Question asked = gateway.asked("withdrawn?");

    assertThat(user.delete("/v1/questions/mine-4").statusCode()).isEqualTo(202);

    patiently()
        .until(() -> gateway.questions().anyMatch(it -> it.cancel() && "mine-4".equals(it.id())));
    gateway.end(Answer.cancelled("mine-4", asked.text(), asked.stream()));
    assertThat(json(response.get(30, TimeUnit.SECONDS)).path("status").asText())
        .isEqualTo("cancelled");
    assertThat(user.delete("/v1/questions/mine-4").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/x-www-form-urlencoded", "multipart/form-data", "text/plain", "x"})
  void aBodyIsJsonWhateverItsContentTypeSays(String type) throws Exception {
    String text = type + " y".repeat(450);
    CompletableFuture<HttpResponse<String>> response =
        user.client()
            .sendAsync(
                user.request("/v1/questions")
                    .header("Content-Type", type)
                    .POST(
                        BodyPublishers.ofString(
                            question(text).replace("{", "{\"x\":\"" + "z".repeat(3_000) + "\",")))
                    .build(),
                BodyHandlers.ofString());
    gateway.end(completed(gateway.asked(text), "read"));

    assertThat(response.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  @Test
  void aCompressedBodyIsRefused() throws Exception {
    HttpResponse<String> response =
        user.send(
            user.request("/v1/questions")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(new byte[] {31, -117})));

    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(json(response).path("error").path("message").asText()).contains("gzip");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"cancel\":true | DELETE",
        "\"standing\":{\"everySeconds\":8} | standing",
        "\"streams\":[\"street\"] | streams",
        "\"find\":\"all\" | find",
        "\"until\":{\"confidence\":0.8} | until",
        "\"abstain\":0.5 | abstain",
        "\"previous\":\"q1\" | previous",
        "\"asker\":\"me\" | asker",
        "\"id\":7 | field id",
        "\"maxTokens\":\"many\" | maxTokens",
        "\"examples\":7 | examples",
      })
  void aFieldThatCannotBeIsRefusedByItsName(String field, String named) throws Exception {
    refused(field, named);
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
        "{\"stream\":\"street\",\"text\":\"?\"} xyz",
        "{\"stream\":\"street\",\"text\":\"?\"}{\"stream\":\"street\",\"text\":\"?\"}",
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
