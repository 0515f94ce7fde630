package dev.flamingo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.job.SubmittedJob;
import dev.flamingo.standalone.cli.FlamingoCommand;
import dev.flamingo.standalone.cli.Home;
import dev.flamingo.standalone.kafka.SecuredKafka;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Services against a Kafka that wants TLS and a login, all with one settings file. */
class SecuredKafkaTest {

  private static final String USER = "us3r";
  private static final String PASSWORD = "pa55-5cram";
  private static final String TRUST = "tru5t-5tore";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void everyServiceLogsInAndNoneShowsHow(@TempDir Path folder) throws Exception {
    int port = freePort();
    Map<String, String> environment = Map.of("FLAMINGO_LOG", "DEBUG");
    try (SecuredKafka kafka = SecuredKafka.start(folder, USER, PASSWORD, TRUST)) {
      Path file =
          Files.writeString(
              folder.resolve("flamingo.properties"),
              kafka.settings(USER, PASSWORD)
                  + """
                  gateway.port = %d
                  gateway.data = %s
                  job.checkpoints = %s
                  graph.cache = %s
                  threads = 2
                  """
                      .formatted(
                          port,
                          folder.resolve("views"),
                          folder.resolve("checkpoints"),
                          Path.of("target/graphs").toAbsolutePath()));
      String config = "--config=" + file;
      try (FlamingoProcess ingest =
              FlamingoProcess.start(folder.resolve("ingest"), environment, "ingest", config);
          FlamingoProcess gateway =
              FlamingoProcess.start(folder.resolve("gateway"), environment, "gateway", config);
          FlamingoProcess job =
              FlamingoProcess.start(
                  folder.resolve("job"), environment, SubmittedJob.class, config)) {
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(200))
            .ignoreExceptionsInstanceOf(IOException.class)
            .until(
                () ->
                    post(port, "/v1/streams", "{\"id\":\"street\",\"uri\":\"street:\"}")
                            .statusCode()
                        < 300);
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(200))
            .until(() -> answered(ask(port)));
        for (FlamingoProcess process : List.of(ingest, gateway, job)) {
          assertNoneIn(process.listed());
          assertNoneIn(process.diagnosed("VM.system_properties"));
          assertThat(process.end()).isEqualTo(143);
          assertNoneIn(process.printed());
        }
        assertThat(gateway.printed()).contains("security.protocol = SASL_SSL");
      }
    }
  }

  @Test
  void aWrongPasswordIsOneSentence(@TempDir Path folder) throws Exception {
    try (SecuredKafka kafka = SecuredKafka.start(folder, USER, PASSWORD, TRUST)) {
      Path file =
          Files.writeString(folder.resolve("wrong"), kafka.settings(USER, PASSWORD + "-wrong"));
      StringWriter err = new StringWriter();
      CommandLine line = FlamingoCommand.create(new Home(folder, folder, Map.of()));
      line.setErr(new PrintWriter(err));
      assertThat(line.execute("ingest", "--config", file.toString())).isEqualTo(1);
      assertThat(err.toString().lines()).hasSize(1);
      assertThat(err.toString())
          .contains("refuses this client: Authentication failed", "below kafka.client");
      assertNoneIn(err.toString());
    }
  }

  private boolean answered(HttpResponse<String> answer) throws IOException {
    return answer.statusCode() == 200
        && new ObjectMapper().readTree(answer.body()).path("status").asText().equals("completed");
  }

  private HttpResponse<String> ask(int port) throws IOException, InterruptedException {
    return post(port, "/v1/questions", "{\"stream\":\"street\",\"text\":\"is it dark?\"}");
  }

  private HttpResponse<String> post(int port, String path, String json)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static void assertNoneIn(String text) {
    assertThat(text).isNotEmpty();
    assertThat(text.lines().filter(line -> line.contains(PASSWORD) || line.contains(TRUST)))
        .isEmpty();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
