package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class LiveVideoTest {

  private final FrameSources sources = new FrameSources();
  private final FrameSourceOptions options =
      FrameSourceOptions.defaults().withStallAfter(Duration.ofSeconds(1));

  @Test
  void aCameraIsSampledOnceASecondAndStampedOnReceipt() throws Exception {
    try (MjpegCamera camera = new MjpegCamera();
        FrameSource source = sources.open(camera.uri(), options)) {
      Instant opened = Instant.now();
      List<SampledFrame> frames = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        frames.add(source.next().orElseThrow());
      }
      assertThat(source.live()).isTrue();
      // A picture that comes a little before its second is taken for it.
      assertThat(frames.stream().map(frame -> (frame.ptsMs() + 200) / 1000))
          .isSorted()
          .doesNotHaveDuplicates();
      assertThat(frames.get(0).captureTime()).isBetween(opened.minusMillis(1), Instant.now());
      TestPicture picture = TestPicture.read(frames.get(3).jpeg());
      assertThat(picture.red(48, 48)).isCloseTo(90, within(4));
      assertThat(picture.red(48, 5)).isCloseTo(128, within(4));
    }
  }

  @Test
  void aPictureThatChangesItsSizeStillFits() throws Exception {
    try (MjpegCamera camera = new MjpegCamera();
        FrameSource source = sources.open(camera.uri(), options)) {
      source.next();
      camera.show(48, 96, 200);
      source.next();
      TestPicture picture = TestPicture.read(source.next().orElseThrow().jpeg());
      assertThat(picture.red(48, 5)).isCloseTo(200, within(4));
      assertThat(picture.red(5, 48)).isCloseTo(128, within(4));
    }
  }

  @Test
  void aCameraThatFallsSilentIsReportedWithinItsBound() throws Exception {
    try (MjpegCamera camera = new MjpegCamera();
        FrameSource source = sources.open(camera.uri(), options)) {
      source.next();
      camera.be(MjpegCamera.Mood.SILENT);
      assertThatThrownBy(() -> drain(source))
          .isInstanceOf(VideoStalledException.class)
          .hasMessageContaining("http://***@127.0.0.1:")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void aCameraThatHangsUpIsNoticedAtOnce() throws Exception {
    try (MjpegCamera camera = new MjpegCamera();
        FrameSource source =
            sources.open(camera.uri(), options.withStallAfter(Duration.ofMinutes(5)))) {
      source.next();
      camera.be(MjpegCamera.Mood.GONE);
      try {
        drain(source);
      } catch (VideoException e) {
        // Whether the end looks like one depends on where in the stream it comes.
        assertThat(e)
            .isNotInstanceOf(VideoStalledException.class)
            .hasMessageStartingWith("lost http");
      }
    }
  }

  @Test
  void anRtspCameraIsWatchedUntilItFallsSilent(@TempDir Path folder) throws Exception {
    try (RtspCamera camera = new RtspCamera(folder, 200);
        FrameSource source = sources.open(camera.uri(), options)) {
      source.next();
      TestPicture picture = TestPicture.read(source.next().orElseThrow().jpeg());
      assertThat(picture.red(20, 48)).isCloseTo(214, within(8));
      camera.be(RtspCamera.Mood.SILENT);
      assertThatThrownBy(() -> drain(source))
          .isInstanceOf(VideoStalledException.class)
          .hasMessageContaining("rtsp://***@127.0.0.1:")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void anRtspCameraThatSaysGoodbyeHasEndedThoughItHoldsTheConnection(@TempDir Path folder)
      throws Exception {
    try (RtspCamera camera = new RtspCamera(folder, 200);
        FrameSource source =
            sources.open(camera.uri(), options.withStallAfter(Duration.ofSeconds(50)))) {
      source.next();
      camera.be(RtspCamera.Mood.LEAVING);
      // A silence would be an exception.
      drain(source);
      assertThat(source.live()).isTrue();
      assertThat(source.comesBack()).isTrue();
    }
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() throws Exception {
    String address;
    try (ServerSocket mute = new ServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
      address = "127.0.0.1:" + mute.getLocalPort() + "/live";
      for (String scheme : List.of("http", "rtsp")) {
        String uri = scheme + "://admin:secret@" + address;
        try (FrameSource source = sources.open(uri, options)) {
          assertThatThrownBy(source::next)
              .isInstanceOf(VideoException.class)
              .hasMessageNotContaining("secret")
              .hasMessageNotContaining("admin");
        }
      }
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().contains(address));
  }

  @Test
  void filesOverHttpAreRecordings(@TempDir Path folder) throws Exception {
    TestClip.steady(25, 1, 100).write(folder.resolve("clip.mp4"));
    TestClip.steady(25, 1, 100).write(folder.resolve("clip.m3u8"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
    server.createContext(
        "/",
        exchange -> {
          byte[] body =
              Files.readAllBytes(folder.resolve(exchange.getRequestURI().getPath().substring(1)));
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
    try {
      String root = "http://127.0.0.1:" + server.getAddress().getPort();
      for (String name : List.of("/clip.mp4", "/clip.m3u8")) {
        try (FrameSource source = sources.open(root + name, options.withFast(true))) {
          assertThat(drain(source)).as(name).isEqualTo(4);
        }
      }
    } finally {
      server.stop(0);
    }
  }

  private static int drain(FrameSource source) throws InterruptedException {
    int count = 0;
    Optional<SampledFrame> frame = source.next();
    while (frame.isPresent()) {
      count++;
      frame = source.next();
    }
    return count;
  }
}
