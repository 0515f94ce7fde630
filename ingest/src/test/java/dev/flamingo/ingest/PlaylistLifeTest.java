package dev.flamingo.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.flamingo.ingest.video.FfmpegSender;
import dev.flamingo.ingest.video.FrameSourceOptions;
import dev.flamingo.ingest.video.FrameSources;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Real encoders write playlists into a folder that a web server offers, dead or alive. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class PlaylistLifeTest {

  private static final Duration LONG = Duration.ofSeconds(40);

  private final Path folder;
  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final Map<String, String> aliases = new ConcurrentHashMap<>();
  private final AtomicInteger playlistsRead = new AtomicInteger();
  private final RecordingOutlet outlet = new RecordingOutlet();

  PlaylistLifeTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext("/", this::serve);
    server.setExecutor(workers);
    server.start();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().substring(1);
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      file = folder.resolve(aliases.getOrDefault(name, name));
    }
    if (!Files.exists(file)) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    byte[] body = Files.readAllBytes(file);
    if (name.startsWith("cam.")) {
      playlistsRead.incrementAndGet();
    }
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @AfterEach
  void close() {
    server.stop(0);
    workers.shutdownNow();
  }

  @Test
  void anEncoderThatIsStoppedAndStartedAgainComesBack() throws Exception {
    try (StreamRunner runner = watch("cam.m3u8")) {
      try (FfmpegSender encoder = hls("-t", "5", "first%d.ts")) {
        awaitLast("LIVE");
        awaitLast("ENDED: the camera closed the stream");
      }
      int shown = outlet.frames().size();
      awaitMoreLooks();
      assertThat(outlet.frames()).as("nothing of a closed playlist").hasSize(shown);

      try (FfmpegSender encoder = hls("-t", "60", "second%d.ts")) {
        awaitLast("LIVE");
        assertThat(runner.running()).isTrue();
      }
    }
  }

  @Test
  void aPlaylistThatWasClosedAtFirstIsShownOnceAndWatchedForItsCamera() throws Exception {
    try (FfmpegSender encoder = hls("-t", "4", "first%d.ts")) {
      encoder.await();
    }
    try (StreamRunner runner = watch("cam.m3u8")) {
      awaitLast("ENDED: end of the file");
      int shown = outlet.frames().size();
      assertThat(shown).isBetween(3, 5);
      awaitMoreLooks();
      assertThat(outlet.frames()).hasSize(shown);
      assertThat(outlet.states()).containsExactly("CONNECTING", "LIVE", "ENDED: end of the file");

      try (FfmpegSender encoder = hls("-t", "60", "second%d.ts")) {
        awaitLast("LIVE");
        assertThat(runner.running()).isTrue();
      }
    }
  }

  @Test
  void theLastSecondsOfADeadEncoderAreNotShownAgain() throws Exception {
    dies("cam.m3u8", hls("-t", "60", "seg%d.ts"));
  }

  @Test
  void theLastSecondsOfADeadDashEncoderAreNotShownAgain() throws Exception {
    dies(
        "cam.mpd",
        FfmpegSender.to(
            List.of(
                "-t",
                "60",
                "-c:v",
                "mpeg4",
                "-f",
                "dash",
                "-seg_duration",
                "1",
                "-window_size",
                "5",
                folder.resolve("cam.mpd").toString())));
  }

  /** Both qualities are written by one encoder, which the test lets freeze for readers of one. */
  @Test
  void aQualityThatFreezesIsLeftForTheOther() throws Exception {
    Files.writeString(
        folder.resolve("all.m3u8"),
        """
        #EXTM3U
        #EXT-X-STREAM-INF:BANDWIDTH=300000,RESOLUTION=160x120
        small.m3u8
        #EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=320x240
        cam.m3u8
        """);
    try (FfmpegSender encoder = hls("-t", "100", "seg%d.ts")) {
      await().atMost(LONG).until(() -> Files.exists(folder.resolve("seg2.ts")));
      alias("small.m3u8", "cam.m3u8");
      try (StreamRunner runner = watch("all.m3u8")) {
        await().atMost(LONG).until(() -> outlet.frames().size() > 2);
        assertThat(playlistsRead).hasValue(0);
        Files.copy(folder.resolve("cam.m3u8"), folder.resolve("small.m3u8"));
        awaitStalled();
        int shown = outlet.frames().size();
        await().atMost(LONG).until(() -> outlet.frames().size() > shown + 2);
        assertThat(playlistsRead.get()).isPositive();
        assertThat(runner.running()).isTrue();
        assertThat(encoder).isNotNull();
      }
    }
  }

  private void dies(String playlist, FfmpegSender encoder) throws Exception {
    try (encoder) {
      await().atMost(LONG).until(() -> Files.exists(folder.resolve(playlist)));
      try (StreamRunner runner = watch(playlist)) {
        await().atMost(LONG).until(() -> outlet.frames().size() > 2);
        // Killed, so that its playlist stays as it is.
        encoder.close();
        awaitStalled();
        int shown = outlet.frames().size();
        int states = outlet.states().size();
        awaitMoreLooks();
        assertThat(outlet.frames()).hasSize(shown);
        assertThat(outlet.states().subList(states, outlet.states().size()))
            .as("states after %s", outlet.states())
            .doesNotContain("LIVE");
        assertThat(runner.running()).isTrue();
      }
    }
  }

  /** Serves a file under another name, too, until there is one of that name. */
  private void alias(String name, String file) {
    aliases.put(name, file);
  }

  private void awaitStalled() {
    await().atMost(LONG).until(() -> last().startsWith("STALLED"));
  }

  private void awaitLast(String state) {
    await().atMost(LONG).untilAsserted(() -> assertThat(last()).isEqualTo(state));
  }

  /** Until the playlist has been opened a few times more. */
  private void awaitMoreLooks() {
    int before = playlistsRead.get();
    await().atMost(LONG).until(() -> playlistsRead.get() > before + 8);
  }

  private String last() {
    List<String> states = outlet.states();
    return states.isEmpty() ? "" : states.get(states.size() - 1);
  }

  private FfmpegSender hls(String option, String value, String segments) {
    List<String> output = new ArrayList<>(List.of(option, value, "-c:v", "mpeg4", "-f", "hls"));
    // The format has no place for headers but the segments themselves.
    output.addAll(List.of("-bsf:v", "dump_extra"));
    output.addAll(List.of("-hls_time", "1", "-hls_list_size", "5"));
    output.addAll(List.of("-hls_segment_filename", folder.resolve(segments).toString()));
    output.add(folder.resolve("cam.m3u8").toString());
    return FfmpegSender.to(output);
  }

  private StreamRunner watch(String playlist) {
    FrameSources sources = new FrameSources();
    FrameSourceOptions options =
        FrameSourceOptions.defaults().withStallAfter(Duration.ofSeconds(2));
    String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/" + playlist;
    StreamRunner runner =
        new StreamRunner(
            "cam",
            new RegistryEntry(uri, true, 2, ""),
            (entry, history) -> sources.open(entry.uri(), options, history),
            outlet,
            new Backoff(Duration.ofMillis(200), Duration.ofMillis(500), new Random(1)));
    runner.start();
    return runner;
  }
}
