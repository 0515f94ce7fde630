package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cameras that send pictures as such, in dialects that browsers understand. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class PictureFeedTest {

  private static final String PARTS = "multipart/x-mixed-replace; boundary=frame";

  private static final int GREYS = 46;

  private final FrameSources sources = new FrameSources();
  private final FrameSourceOptions options =
      FrameSourceOptions.defaults().withStallAfter(Duration.ofSeconds(2));

  @ParameterizedTest
  @CsvSource({
    PARTS + ",'--frame\r\nContent-Type: image/jpg\r\nContent-Length: %d\r\n\r\n','\r\n'",
    PARTS + ",'--frame\r\nContent-Length: %d\r\n\r\n','\r\n'",
    PARTS + ",'Content-Type: image/jpeg\r\n\r\n','\r\n--frame\r\n'",
    PARTS + ",'--frame\r\nContent-Type: image/jpeg\r\nContent-Length: 7\r\n\r\n','\r\n'",
    PARTS + ",'--other\nContent-Type: image/jpeg\n\n','\n'",
    "multipart/x-mixed-replace,'--x\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x\r\n\r\n',''",
    "image/jpeg,'',''",
    "application/octet-stream,'',''",
    "video/x-motion-jpeg,'',''",
    "video/mjpeg,'',''",
    "'','','\r\n'"
  })
  void everyDialectOfMotionJpegIsLiveAndFresh(String type, String before, String after)
      throws Exception {
    AtomicInteger sent = new AtomicInteger();
    try (RawServer camera =
            new RawServer()
                .on(
                    "/live",
                    out -> {
                      RawServer.head(out, type, "");
                      while (true) {
                        int grey = 20 + 5 * (sent.incrementAndGet() % GREYS);
                        send(out, before, grey, after);
                        LockSupport.parkNanos(100_000_000);
                      }
                    });
        FrameSource source = sources.open(camera.uri("/live"), options)) {
      // One may be late where the machine has no time for it; what is held back always is.
      for (int fresh = 0; fresh < 2; ) {
        byte[] jpeg = source.next().orElseThrow().jpeg();
        int shown = (TestPicture.read(jpeg).red(48, 48) - 20) / 5;
        fresh += Math.floorMod(sent.get() - shown, GREYS) <= 6 ? 1 : 0;
      }
      assertThat(source.live()).isTrue();
    }
  }

  /** What was taken within two seconds comes together, with the time of each picture. */
  @Test
  void picturesThatComeInClustersGiveOneASecondWithItsOwnTime() throws Exception {
    try (RawServer camera = new RawServer().on("/live", PictureFeedTest::clusters);
        FrameSource source =
            sources.open(camera.uri("/live"), options.withStallAfter(Duration.ofSeconds(50)))) {
      // The first cluster has nothing to be compared with.
      for (int i = 0; i < 3; i++) {
        source.next();
      }
      SampledFrame before = source.next().orElseThrow();
      for (int i = 0; i < 5; i++) {
        SampledFrame next = source.next().orElseThrow();
        double taken = taken(next) - taken(before);
        assertThat(taken).isBetween(.7, 1.3);
        assertThat(Duration.between(before.captureTime(), next.captureTime()).toMillis() / 1000.0)
            .isCloseTo(taken, within(.2));
        before = next;
      }
    }
  }

  private static void clusters(OutputStream out) throws IOException {
    RawServer.head(out, PARTS, "");
    long began = System.nanoTime();
    for (int picture = 0; picture < 200; picture++) {
      long takenAt = began + picture * 100_000_000L;
      if (picture % 20 == 0) {
        // Nothing is sent before the last of them is taken.
        for (long due = takenAt + 2_000_000_000L; System.nanoTime() < due; ) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
      }
      String head = "--frame\r\nContent-Type: image/jpeg\r\nX-Timestamp: %d.%06d\r\n\r\n";
      send(out, head.formatted(5000 + picture / 10, picture % 10 * 100_000), picture + 20, "\r\n");
    }
  }

  /** Seconds since the first picture. */
  private static double taken(SampledFrame frame) throws IOException {
    return (TestPicture.read(frame.jpeg()).red(48, 48) - 20) / 10.0;
  }

  @ParameterizedTest
  @CsvSource({
    "multipart/x-mixed-replace;boundary=frame,'--frame\r\nContent-Type: image/jpeg\r\n\r\n'",
    "image/jpeg,''"
  })
  void aPictureNeedsNoSuccessorToBeSeen(String type, String before) throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    try (RawServer camera =
            new RawServer()
                .on(
                    "/slow",
                    out -> {
                      RawServer.head(out, type, "");
                      send(out, before, 100, "");
                      seen.await();
                    });
        FrameSource source = sources.open(camera.uri("/slow"), options)) {
      assertThat(source.next()).isPresent();
      seen.countDown();
    }
  }

  @Test
  void aCameraThatHangsUpHasEnded() throws Exception {
    try (RawServer camera =
            new RawServer()
                .on(
                    "/live",
                    out -> {
                      RawServer.head(out, PARTS, "");
                      for (int i = 0; i < 5; i++) {
                        send(out, "--frame\r\n\r\n", 100, "\r\n");
                      }
                    });
        FrameSource source = sources.open(camera.uri("/live"), options)) {
      assertThat(source.next()).isPresent();
      assertThat(source.next()).isEmpty();
      assertThat(source.live()).isTrue();
    }
  }

  @Test
  void garbageIsNotCalledSilence() throws Exception {
    try (RawServer camera =
            new RawServer()
                .on(
                    "/live",
                    out -> {
                      RawServer.head(out, PARTS, "");
                      send(out, "", 100, "");
                      while (true) {
                        RawServer.write(
                            out, "--frame\r\n\r\n" + "no picture at all\r\n".repeat(50));
                        out.flush();
                        LockSupport.parkNanos(50_000_000);
                      }
                    });
        FrameSource source = sources.open(camera.uri("/live"), options)) {
      assertThat(source.next()).isPresent();
      assertThatThrownBy(source::next)
          .isInstanceOf(VideoStalledException.class)
          .hasMessageContaining("sends data");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/snap.jpg", "/cgi?picture", "/still"})
  void aSnapshotIsAskedForEverySecond(String path) throws Exception {
    AtomicInteger grey = new AtomicInteger(40);
    boolean announced = !path.startsWith("/cgi");
    try (RawServer camera =
            new RawServer()
                .on(
                    path,
                    out -> {
                      byte[] jpeg = jpeg(grey.addAndGet(40));
                      String more = announced ? "Content-Length: " + jpeg.length + "\r\n" : "";
                      RawServer.head(out, "image/jpeg", more);
                      out.write(jpeg);
                    });
        FrameSource source = sources.open(camera.uri(path), options)) {
      long opened = System.nanoTime();
      SampledFrame first = source.next().orElseThrow();
      assertThat(TestPicture.read(first.jpeg()).red(48, 48)).isBetween(76, 84);
      SampledFrame second = source.next().orElseThrow();
      assertThat(TestPicture.read(second.jpeg()).red(48, 48)).isBetween(116, 124);
      int requests = camera.requests().size();
      assertThat(requests).isLessThanOrEqualTo(3 + (int) ((System.nanoTime() - opened) / 1e9));
      assertThat(source.live()).isTrue();
      camera.on(path, out -> RawServer.write(out, "HTTP/1.0 500 Broken\r\n\r\n"));
      assertThatThrownBy(() -> drain(source)).isInstanceOf(VideoException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif", "tiff"})
  void snapshotsOfOtherKindsAreAskedForToo(String kind) throws Exception {
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR);
    image.getGraphics().fillRect(0, 0, 64, 48);
    ImageIO.write(image, kind, picture);
    try (RawServer camera = new RawServer().on("/snap", "image/" + kind, picture.toByteArray());
        FrameSource source = sources.open(camera.uri("/snap"), options)) {
      assertThat(source.next()).isPresent();
      byte[] second = source.next().orElseThrow().jpeg();
      assertThat(TestPicture.read(second).red(48, 48)).isGreaterThan(250);
      assertThat(camera.requests()).hasSizeGreaterThan(1);
    }
  }

  @Test
  void anAnimationIsARecording(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("a.gif");
    List<String> output = List.of("-f", "lavfi", "-i", "testsrc2=s=64x48:r=5:d=3");
    try (FfmpegSender program =
        FfmpegSender.run(Stream.concat(output.stream(), Stream.of(file.toString())).toList())) {
      program.await();
    }
    try (RawServer camera = new RawServer().on("/a", "image/gif", Files.readAllBytes(file));
        FrameSource source = sources.open(camera.uri("/a"), options.withFast(true))) {
      drain(source);
      assertThat(source.comesBack()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPictureThatIsCutOffIsNotShown(boolean closed) throws Exception {
    BufferedImage noise = new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(1);
    for (int i = 0; i < 64 * 48; i++) {
      noise.setRGB(i % 64, i / 64, 0x010101 * random.nextInt(80, 256));
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    ImageIO.write(noise, "jpeg", whole);
    byte[] cut = Arrays.copyOf(whole.toByteArray(), whole.size() * 2 / 3);
    try (RawServer camera =
            new RawServer()
                .on(
                    "/live",
                    out -> {
                      RawServer.head(out, PARTS, "");
                      RawServer.write(out, "--frame\r\n\r\n");
                      out.write(whole.toByteArray(), 0, whole.size() - (closed ? 0 : 2));
                      while (true) {
                        RawServer.write(out, "--frame\r\n\r\n");
                        out.write(cut);
                        RawServer.write(out, closed ? "\u00ff\u00d9" : "");
                        out.flush();
                        LockSupport.parkNanos(20_000_000);
                      }
                    });
        FrameSource source = sources.open(camera.uri("/live"), options)) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  byte[] jpeg = source.next().orElseThrow().jpeg();
                  assertThat(TestPicture.read(jpeg).red(48, 78)).as("no green").isGreaterThan(60);
                }
              })
          .isInstanceOf(VideoException.class);
    }
  }

  @Test
  void aSnapshotThatNeverChangesIsStalledUntilItDoes() throws Exception {
    SourceHistory history = new SourceHistory(new Stillness(Duration.ofMillis(1500)));
    AtomicInteger grey = new AtomicInteger(100);
    try (RawServer camera = new RawServer()) {
      camera.on(
          "/snap",
          out -> {
            RawServer.head(out, "image/jpeg", "");
            out.write(jpeg(grey.get()));
          });
      try (FrameSource source = sources.open(camera.uri("/snap"), options, history)) {
        assertThat(source.next()).isPresent();
        assertThatThrownBy(() -> drain(source))
            .isInstanceOf(VideoStalledException.class)
            .hasMessageContaining("has been the same");
      }
      try (FrameSource source = sources.open(camera.uri("/snap"), options, history)) {
        assertThatThrownBy(source::next).isInstanceOf(VideoStalledException.class);
      }
      grey.set(200);
      try (FrameSource source = sources.open(camera.uri("/snap"), options, history)) {
        assertThat(source.next()).isPresent();
      }
    }
  }

  private static void drain(FrameSource source) throws InterruptedException {
    while (source.next().isPresent()) {
      // On to the end.
    }
  }

  private static void send(OutputStream out, String before, int grey, String after)
      throws IOException {
    byte[] jpeg = jpeg(grey);
    RawServer.write(out, before.formatted(jpeg.length));
    out.write(jpeg);
    RawServer.write(out, after);
    out.flush();
  }

  private static byte[] jpeg(int grey) {
    try (JpegEncoder encoder = new JpegEncoder(64, 48, 90)) {
      return encoder.encode(JpegEncoderTest.flat(64, 48, grey, grey, grey));
    }
  }
}
