package dev.flamingo.gateway;

import static dev.flamingo.gateway.HttpUser.json;
import static dev.flamingo.gateway.LiveGateway.patiently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

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
    assertThat(json(ready).path("status").asText()).isEqualTo("UP");
    assertThat(json(ready).path("checks").get(0).path("name").asText()).isEqualTo("views");
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
  void anotherMethodIsNotAllowed() throws Exception {
    HttpResponse<String> response = user.post("/health/live", "{}");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(json(response).path("error").path("code").asText()).isEqualTo("not-allowed");
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
