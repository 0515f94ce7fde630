package dev.flamingo.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Looks for the credentials of sources in everything that a process shows: what it prints and logs,
 * its pages and metrics, its threads, its line in the list of processes, and the command line as
 * crash reports have it.
 */
class SecretsTest {

  private static final List<String> SECRETS =
      List.of(
          "us3r",
          "pa55-http",
          "t0ken",
          "pa55-closed",
          "pa55-rtsp",
          "pa55phrase",
          "k3y",
          "pa55-path",
          "pa55-nowhere",
          "str3am");

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();

  /** One that works, and every way to fail. */
  private static String sources(StillCamera camera) throws IOException {
    int nowhere = freePort();
    return """
        # cameras
        door=http://us3r:pa55-http@127.0.0.1:%1$d/steady?token=t0ken
        closed=http://us3r:pa55-closed@127.0.0.1:%1$d/closed
        path=http://127.0.0.1:%2$d/user=us3r&password=pa55-path/video
        gate=rtsp://us3r:pa55-rtsp@127.0.0.1:%2$d/main?token=t0ken
        sender=srt://127.0.0.1:%2$d?passphrase=pa55phrase-0123&streamid=str3am
        studio=rtmp://127.0.0.1:%2$d/live/k3y
        nowhere=rtsp://us3r:pa55-nowhere@nowhere.invalid/main
        """
        .formatted(camera.port(), nowhere);
  }

  @Test
  void theDemoShowsNone(@TempDir Path folder) throws Exception {
    int port = freePort();
    int kafkaPort = freePort();
    Path file = folder.resolve("sources");
    try (StillCamera camera = new StillCamera();
        FlamingoProcess demo =
            FlamingoProcess.start(
                folder.resolve("log"),
                Map.of("FLAMINGO_LOG", "INFO"),
                "demo",
                "--port=" + port,
                "--kafka-port=" + kafkaPort,
                "--data=" + folder.resolve("data"),
                "--sources=" + Files.writeString(file, sources(camera)))) {
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(500))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> haveAllBeenTried(get(port, "/v1/streams")));
      sendFromTheFuture("localhost:" + kafkaPort);

      for (String path : List.of("/v1/streams", "/metrics", "/health/ready", "/v1/streams/gate")) {
        assertNoneIn(path, get(port, path));
      }
      assertNoneIn("its line in the list of processes", demo.listed());
      assertNoneIn("its threads", demo.diagnosed("Thread.print"));
      assertNoneIn("its command line", demo.diagnosed("VM.command_line"));
      assertNoneIn("its properties", demo.diagnosed("VM.system_properties"));
      demo.end();
      assertNoneIn("its log", demo.printed());
      assertThat(demo.printed())
          .contains("stream gate is failed", "stream door is live")
          .doesNotContain("InvalidTimestampException");
    }
  }

  @Test
  void askAndCaptionShowNone(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("sources");
    try (StillCamera camera = new StillCamera();
        FlamingoProcess ask =
            FlamingoProcess.start(
                folder.resolve("ask"),
                Map.of("FLAMINGO_SOURCES", sources(camera), "FLAMINGO_LOG", "DEBUG"),
                "ask",
                "door",
                "is it raining?",
                "--at=2",
                "--json");
        FlamingoProcess caption =
            FlamingoProcess.start(
                folder.resolve("caption"),
                Map.of("FLAMINGO_LOG", "DEBUG"),
                "caption",
                "gate",
                "--sources=" + Files.writeString(file, sources(camera)))) {
      assertNoneIn("the list of processes", ask.listed() + caption.listed());

      assertThat(ask.await(120)).isZero();
      assertThat(caption.await(120)).isEqualTo(1);
      assertNoneIn("what they print", ask.printed() + caption.printed());
      assertThat(caption.printed()).contains("rtsp://***@127.0.0.1");
      String answer = ask.printed().lines().filter(line -> line.startsWith("{")).findFirst().get();
      JsonNode window = mapper.readTree(answer).get("window");
      assertThat(window.get("frames").size()).isBetween(1, 4);
      assertThat(Instant.parse(window.get("from").asText()))
          .isAfter(Instant.now().minus(Duration.ofMinutes(5)));
    }
  }

  private boolean haveAllBeenTried(String streams) throws IOException {
    JsonNode all = mapper.readTree(streams);
    int failed = 0;
    boolean live = false;
    for (JsonNode stream : all.isArray() ? all : all.path("streams")) {
      String state = stream.path("status").path("state").asText(stream.path("state").asText());
      failed += state.equals("failed") || state.equals("stalled") ? 1 : 0;
      live |= state.equals("live");
    }
    return live && failed >= 5;
  }

  /** What a client's clock that is a day ahead does. */
  private static void sendFromTheFuture(String bootstrap) {
    long tomorrow = Instant.now().plus(Duration.ofDays(1)).toEpochMilli();
    try (Producer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringSerializer(),
            new StringSerializer())) {
      assertThatThrownBy(
              () ->
                  producer
                      .send(
                          new ProducerRecord<>("flamingo.questions", null, tomorrow, "door", "{}"))
                      .get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InvalidTimestampException.class);
    }
  }

  private String get(int port, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + port + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  private static void assertNoneIn(String where, String text) {
    assertThat(text.getBytes(UTF_8)).as(where).isNotEmpty();
    for (String secret : SECRETS) {
      assertThat(text.lines().filter(line -> line.contains(secret))).as(where).isEmpty();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
