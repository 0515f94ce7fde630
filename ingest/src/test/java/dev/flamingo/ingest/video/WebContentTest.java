package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class WebContentTest {

  private static final String BIG =
      "#EXT-X-STREAM-INF:BANDWIDTH=900,RESOLUTION=640x360\nbig.m3u8\n";
  private static final String SMALL =
      "#EXT-X-STREAM-INF:BANDWIDTH=300,RESOLUTION=160x90\nsmall.m3u8\n";

  private final Path folder;
  private final RawServer server = new RawServer();
  private final FrameSources sources = new FrameSources();
  private final FrameSourceOptions options =
      FrameSourceOptions.defaults().withFast(true).withSize(128);

  WebContentTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void close() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "seg%d.jpg,/live.m3u8,application/vnd.apple.mpegurl",
    "seg%d.png,/play.php?id=1,text/plain",
    "seg%d.bin,/live,application/octet-stream",
    "seg?n=%d,/live.txt,text/plain",
    "seg%d.php,/live,''",
    "seg%d,/live,text/html"
  })
  void segmentsAndPlaylistsMayHaveAnyNameAndType(String names, String path, String type)
      throws Exception {
    server.on(path, type, text(playlist(names, 100)));
    assertThat(brightness(server.uri(path))).containsExactly(100, 100, 100, 100);
  }

  @Test
  void theSmallestQualityThatIsLargeEnoughIsTheOnlyOneThatIsRead() throws Exception {
    server.on("/m", "text/plain", text("#EXTM3U\n" + BIG + SMALL));
    server.on("/small.m3u8", "", text(playlist("small%d.ts", 60)));
    server.on("/big.m3u8", "", text(playlist("big%d.ts", 160)));
    assertThat(brightness(server.uri("/m"))).containsOnly(60);
    assertThat(server.requests()).noneMatch(path -> path.startsWith("/big"));
  }

  @Test
  void qualitiesOfUnknownSizesAreComparedByTheirPictures() throws Exception {
    String unknown = ("#EXTM3U\n" + BIG + SMALL).replaceAll(",RESOLUTION=\\d+x\\d+", "");
    server.on("/m", "text/plain", text(unknown));
    server.on("/small.m3u8", "", text(playlist("small%d.ts", 60, 160)));
    server.on("/big.m3u8", "", text(playlist("big%d.ts", 160, 320)));
    assertThat(brightness(server.uri("/m"))).containsOnly(60);
  }

  @Test
  void aQualityThatIsMissingIsReplaced() throws Exception {
    server.on("/m", "text/plain", text("#EXTM3U\n" + BIG + SMALL));
    server.on("/big.m3u8", "", text(playlist("big%d.ts", 160)));
    assertThat(brightness(server.uri("/m"))).containsOnly(160);
  }

  @Test
  void aQualityThatIsSilentIsReplaced() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    server.on("/m", "text/plain", text("#EXTM3U\n" + SMALL + BIG));
    server.on("/small.m3u8", out -> done.await());
    server.on("/big.m3u8", "", text(playlist("big%d.ts", 160)));
    assertThat(brightness(server.uri("/m"))).containsOnly(160);
    done.countDown();
  }

  @Test
  void ofTheQualitiesOfDashTheSmallestThatIsLargeEnoughIsRead() throws Exception {
    List<String> command = new ArrayList<>();
    for (String picture : List.of("white:s=640x360", "black:s=160x90")) {
      command.addAll(List.of("-f", "lavfi", "-i", "color=c=" + picture + ":r=10:d=4"));
    }
    command.addAll(List.of("-map", "0:v", "-map", "1:v", "-c:v", "mpeg4", "-g", "10"));
    command.addAll(List.of("-f", "dash", "-seg_duration", "1", folder + "/a.mpd"));
    try (FfmpegSender writer = FfmpegSender.run(command)) {
      writer.await();
    }
    for (Path file : files()) {
      server.on("/" + file.getFileName(), "text/plain", Files.readAllBytes(file));
    }
    assertThat(brightness(server.uri("/a.mpd"))).hasSize(4).allMatch(value -> value <= 20);
    assertThat(server.requests())
        .filteredOn(path -> path.contains("chunk-stream0"))
        .hasSizeLessThan(2);
    assertThat(server.requests()).filteredOn(path -> path.contains("chunk-stream1")).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/hostname", "FILE:/etc/hostname", "concat:a.ts|b.ts"})
  void aPlaylistDoesNotReachIntoThisMachine(String local) {
    server.on("/x", "", text("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n" + local + "\n"));
    assertThatThrownBy(() -> brightness(server.uri("/x")))
        .isInstanceOf(VideoException.class)
        .hasMessageStartingWith("the playlist " + server.uri("/x") + " names \"")
        .hasMessageEndingWith(":\", which is not read from the network");
  }

  @Test
  void aListOfOneAddressIsFollowed() throws Exception {
    server.on("/radio.pls", "audio/x-scpls", text("[playlist]\nFile1=/live\n"));
    server.on("/live", "", text(playlist("seg%d.ts", 100)));
    assertThat(brightness(server.uri("/radio.pls"))).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "'#EXTM3U\n#EXTINF:-1,A\nhttp://h/1\n#EXTINF:-1,B\nhttp://h/2','is a list of 2 addresses'",
    "'<!DOCTYPE html><html>camera</html>','is a web page'",
    "'<html><img src=x></html>','is a web page'",
    "'ffconcat version 1.0\nfile a.mp4','is a list of files'"
  })
  void whatLeadsNowhereIsNamed(String body, String reason) {
    server.on("/x", "text/plain", text(body));
    assertThatThrownBy(() -> brightness(server.uri("/x")))
        .isInstanceOf(VideoException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aLocalPlaylistMayNameTheNetwork() throws Exception {
    String remote = playlist("seg%d.ts", 100).replaceAll("(?m)^seg", server.uri("/seg"));
    Path playlist = Files.writeString(folder.resolve("local.m3u8"), remote);
    assertThat(brightness(playlist.toString())).hasSize(4);
  }

  @Test
  void localListsAreFollowedOrNamed() throws Exception {
    Path clip = TestClip.steady(25, 1, 50).write(folder.resolve("clip.mp4"));
    Path one = Files.writeString(folder.resolve("one.strm"), clip.toUri().toString());
    assertThat(brightness(one.toString())).hasSize(2);
    Path joined =
        Files.writeString(
            folder.resolve("joined.ffconcat"),
            "ffconcat version 1.0\nfile '" + clip + "'\nfile clip.mp4\n");
    assertThat(brightness(joined.toString())).hasSize(4);
    Path two = Files.writeString(folder.resolve("two.m3u"), "#EXTM3U\nclip.mp4\nclip.mp4\n");
    assertThatThrownBy(() -> brightness(two.toString()))
        .hasMessage(two + " is a list of 2 addresses; use one of them as the source");
  }

  /** Serves four seconds of one brightness in segments of these names. */
  private String playlist(String names, int luma) throws IOException {
    return playlist(names, luma, 160);
  }

  private String playlist(String names, int luma, int side) throws IOException {
    Path parts = Files.createDirectory(folder.resolve("parts" + luma));
    Path playlist =
        TestClip.steady(25, 1, 100)
            .withLuma(i -> luma)
            .withSize(side, side)
            .write(parts.resolve("clip.m3u8"));
    StringBuilder text = new StringBuilder();
    int number = 0;
    for (String line : Files.readAllLines(playlist)) {
      String name = line;
      if (!line.isEmpty() && !line.startsWith("#")) {
        name = names.formatted(number++);
        server.on("/" + name, "text/plain", Files.readAllBytes(parts.resolve(line)));
      }
      text.append(name).append('\n');
    }
    return text.toString();
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The brightness of each picture's left half, undone of the video's narrower range. */
  private List<Integer> brightness(String uri) throws Exception {
    List<Integer> values = new ArrayList<>();
    try (FrameSource source = sources.open(uri, options)) {
      Optional<SampledFrame> frame = source.next();
      while (frame.isPresent()) {
        int red = TestPicture.read(frame.get().jpeg()).red(32, 64);
        values.add(16 + Math.round(red * 219f / 255));
        frame = source.next();
      }
    }
    return values.stream().map(v -> Math.round(v / 20f) * 20).toList();
  }
}
