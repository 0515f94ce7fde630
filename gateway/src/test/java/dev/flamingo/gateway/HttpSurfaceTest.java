package dev.flamingo.gateway;

import static dev.flamingo.gateway.HttpUser.json;
import static dev.flamingo.gateway.LiveGateway.patiently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(90)
@ExtendWith(GatewayExtension.class)
class HttpSurfaceTest {

  private final LiveGateway gateway;
  private final HttpUser user;

  HttpSurfaceTest(LiveGateway gateway) {
    this.gateway = gateway;
    user = new HttpUser(gateway);
  }

  @Test
  void itSaysThatItLivesAndIsReady() throws Exception {
    assertThat(user.get("/health/live").statusCode()).isEqualTo(200);
    HttpResponse<String> ready =
        patiently().until(() -> user.get("/health/ready"), got -> got.statusCode() == 200);
    assertThat(json(ready).path("status").asText()).isIn("UP", "degraded");
    assertThat(json(ready).path("checks"))
        .extracting(check -> check.path("name").asText())
        .containsExactly("views", "tail", "kafka", "job", "frames");
    for (int own = 0; own < 2; own++) {
      assertThat(json(ready).path("checks").get(own).path("status").asText()).isEqualTo("UP");
    }
  }

  @Test
  void itsNumbersAreInPrometheusFormat() throws Exception {
    try (LiveClient client = LiveClient.connect(gateway)) {
      client.first("welcome");

      HttpResponse<String> metrics = user.get("/metrics");

      assertThat(metrics.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/plain; version=0.0.4");
      assertThat(metrics.body().lines())
          .allMatch(
              line -> line.matches("# (HELP|TYPE) [a-z_]+ .+") || line.matches("[a-z_]+ \\d+"))
          .contains("# TYPE flamingo_websocket_clients gauge")
          .anyMatch(line -> line.matches("flamingo_websocket_clients [1-9]\\d*"));
    }
  }

  @Test
  void thePageIsServedAndMayLoadNothingFromElsewhere() throws Exception {
    HttpResponse<String> page = user.get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(page.body()).contains("<html").doesNotContain("//cdn");
    assertThat(user.get("/app.js").headers().firstValue("Content-Type").orElse(""))
        .contains("javascript");
  }

  @Test
  void anUnknownPathIsNotFoundAndSaysSoAsJson() throws Exception {
    for (String path : new String[] {"/nothing", "/v1/nothing", "/../pom.xml"}) {
      HttpResponse<String> response = user.get(path);

      assertThat(response.statusCode()).as(path).isEqualTo(404);
      assertThat(json(response).path("error").path("code").asText()).isEqualTo("not-found");
    }
  }

  @Test
  void whatIsNoHandshakeIsToldThatThisIsAWebSocket() throws Exception {
    HttpResponse<String> response = user.get("/v1/live");

    assertThat(response.statusCode()).isEqualTo(426);
    assertThat(json(response).path("error").path("message").asText()).contains("WebSocket");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /health/live, 'GET, HEAD, OPTIONS'",
    "PUT, /v1/streams, 'GET, HEAD, OPTIONS, POST'",
    "PUT, /v1/streams/street, 'DELETE, OPTIONS, PATCH'",
    "GET, /v1/streams/street, 'DELETE, OPTIONS, PATCH'",
    "DELETE, /v1/streams/street/captions, 'GET, HEAD, OPTIONS'",
    "GET, /v1/questions, 'OPTIONS, POST'",
    "POST, /v1/live, 'GET, HEAD, OPTIONS'",
    "POST, /, 'GET, HEAD, OPTIONS'",
    "PUT, /app.js, 'GET, HEAD, OPTIONS'",
    "PATCH, /v1/questions/q1, 'DELETE, GET, HEAD, OPTIONS'",
  })
  void anotherMethodIsNotAllowedAndTheAllowedOnesAreNamed(String method, String path, String allow)
      throws Exception {
    HttpResponse<String> response =
        user.send(user.request(path).method(method, BodyPublishers.ofString("{}")));

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(json(response).path("error").path("code").asText()).isEqualTo("not-allowed");
    assertThat(response.headers().firstValue("Allow")).hasValue(allow);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/app.js", "/health/live", "/health/ready", "/metrics", "/v1/streams"})
  void whereThereIsGetThereIsHead(String path) throws Exception {
    HttpResponse<String> response =
        user.send(user.request(path).method("HEAD", BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    for (String name : List.of("Content-Type", "Cache-Control", "ETag")) {
      assertThat(response.headers().firstValue(name))
          .as(name)
          .isEqualTo(user.get(path).headers().firstValue(name));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/chat/completions",
        "/openapi.json",
        "/asyncapi.yaml",
        "/v1/watches",
        "/v1/watches/w1",
        "/v1/watches/w1/snooze",
        "/v1/alerts",
        "/v1/streams/street/history",
      })
  void whatIsNotBuiltIsRefusedInASentence(String path) throws Exception {
    for (HttpResponse<String> response : List.of(user.get(path), user.post(path, "{}"))) {
      assertThat(response.statusCode()).isEqualTo(501);
      assertThat(json(response).path("error").path("message").asText())
          .startsWith(path + " is not implemented");
    }
  }

  @Test
  void theModelsAreListedInOpenAisForm() throws Exception {
    assertThat(json(user.get("/v1/models")).path("data").isArray()).isTrue();
    serve("retired", "2026-05-01T11:00:00Z");
    serve("other", "2026-05-01T12:00:00Z");
    serve("street", "2026-05-01T12:00:10Z");

    JsonNode models =
        patiently()
            .until(
                () -> json(user.get("/v1/models")),
                found -> found.path("data").path(0).path("id").asText().equals("street"));

    assertThat(models.path("object").asText()).isEqualTo("list");
    assertThat(models.path("data"))
        .extracting(model -> model.path("id").asText())
        .containsExactly("street", "other");
    JsonNode street = models.path("data").get(0);
    assertThat(street.path("object").asText()).isEqualTo("model");
    assertThat(street.path("created").isIntegralNumber()).isTrue();
    assertThat(street.path("owned_by").asText()).isEqualTo("flamingo");
    assertThat(street.path("hash").asText()).isEqualTo("abc");
    assertThat(street.path("frameSize").asInt()).isEqualTo(96);
    assertThat(street.path("resize").asText()).isEqualTo("fit");
    assertThat(street.path("frameSpacingMs").asInt()).isEqualTo(1_000);
    assertThat(street.path("suggestions").get(0).asText()).isEqualTo("is it raining?");
    assertThat(street.path("familiarity").asBoolean()).isTrue();
  }

  private void serve(String name, String heartbeat) throws Exception {
    gateway.publish(
        gateway.topics().models(),
        name,
        """
        {"hash":"abc","frameSize":96,"windowFrames":8,"suggestions":["is it raining?"],
         "familiarity":true,"heartbeat":"%s"}"""
            .formatted(heartbeat));
  }

  @Test
  void aBrowserKeepsThePagesFilesAndAsksWhetherTheyAreStillRight() throws Exception {
    HttpResponse<String> first = user.get("/app.js");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");

    HttpResponse<String> again = user.send(user.request("/app.js").header("If-None-Match", tag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(user.get("/css/base.css").headers().firstValue("ETag").orElseThrow())
        .isNotEqualTo(tag);
  }

  @Test
  void whatIsServedCannotBeShownOnPagesOfOtherSites() throws Exception {
    for (String path : List.of("/", "/v1/streams", "/v1/streams/street/frame.jpg")) {
      assertThat(user.get(path).headers().firstValue("Cross-Origin-Resource-Policy"))
          .hasValue("same-origin");
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    HttpResponse<String> response = user.post("/v1/questions", "x".repeat((1 << 20) + 1));

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(json(response).path("error").path("code").asText()).isEqualTo("too-large");
  }

  @Test
  void aPageOfAnotherSiteCanChangeNothing() throws Exception {
    HttpResponse<String> response =
        user.send(
            user.request("/v1/streams")
                .header("Origin", "http://evil.example")
                .POST(BodyPublishers.ofString("{\"id\":\"evil\",\"uri\":\"street:\"}")));

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(json(response).path("error").path("code").asText()).isEqualTo("foreign-origin");
  }

  @Test
  void aPortInUseIsSaidInOneSentence() {
    assertThatThrownBy(() -> Gateway.start(gateway.second(gateway.port())))
        .isInstanceOf(IOException.class)
        .hasMessage("port %d is in use: choose another with --port", gateway.port());
  }
}
