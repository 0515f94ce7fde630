package dev.flamingo.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo over HTTP, stopped and started again on the same data. */
class DemoRestartTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void aRestartLosesNeitherStreamsNorAnswersNorCaptions(@TempDir Path data) throws Exception {
    JsonNode answer;
    String captions;
    try (StreetDemo first = new StreetDemo(data, "street:?seed=5")) {
      assertThat(first.demo().awaitReady(() -> false)).isTrue();
      awaitReady(first);
      answer = ask(first, "{\"stream\":\"street\",\"text\":\"is it raining?\",\"id\":\"kept\"}");
      assertThat(answer.get("status").asText()).isEqualTo("completed");
      assertThat(answer.get("text").asText()).isIn("yes", "no");
      await().until(() -> get(first, "/v1/streams/street/captions").body().contains("caption"));
      captions =
          mapper.readTree(get(first, "/v1/streams/street/captions").body()).get(0).toString();
      assertThat(first.complaints()).isEmpty();
      assertThat(patch(first, "/v1/streams/street", "{\"captions\":false}")).isEqualTo(200);
    }

    try (StreetDemo second = new StreetDemo(data)) {
      awaitReady(second);
      assertThat(get(second, "/v1/streams").body()).contains("street:?seed=5");
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(mapper.readTree(get(second, "/v1/questions/kept").body()))
                      .isEqualTo(answer));
      assertThat(get(second, "/v1/streams/street/captions").body()).contains(captions);
      assertThat(second.demo().awaitReady(() -> false)).as("without captions").isTrue();
      assertThat(
              ask(second, "{\"stream\":\"street\",\"text\":\"is it dark?\"}").get("text").asText())
          .isIn("yes", "no");
    }
  }

  private void awaitReady(StreetDemo demo) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> get(demo, "/health/ready").statusCode() == 200);
  }

  private HttpResponse<String> get(StreetDemo demo, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(demo.url(path))).build(), BodyHandlers.ofString());
  }

  private int patch(StreetDemo demo, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(demo.url(path)))
            .method("PATCH", BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private JsonNode ask(StreetDemo demo, String question) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(demo.url("/v1/questions")))
            .POST(BodyPublishers.ofString(question))
            .build();
    return mapper.readTree(client.send(request, BodyHandlers.ofString()).body());
  }
}
