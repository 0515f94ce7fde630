package dev.flamingo.ingest.video;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class FailureReasonTest {

  private static final OddServer.Behaviour NO_ANSWER =
      (request, out) -> {
        new CountDownLatch(1).await();
        return false;
      };

  private static final OddServer.Behaviour HANG_UP = (request, out) -> false;

  private final FrameSources sources = new FrameSources();
  private final FrameSourceOptions options =
      FrameSourceOptions.defaults().withStallAfter(Duration.ofSeconds(1));

  @Test
  void aPortThatTakesTheConnectionAndNeverAnswersIsSilent() {
    try (OddServer server = new OddServer(NO_ANSWER)) {
      for (String scheme : new String[] {"rtsp", "http"}) {
        assertThat(failure(VideoStalledException.class, scheme, server, "/x"))
            .hasMessageEndingWith(" takes the connection but does not answer");
      }
    }
  }

  @Test
  void aCameraThatNeverDescribesItselfIsSilent() {
    OddServer.Behaviour options =
        (request, out) -> {
          if (!request.method().equals("OPTIONS")) {
            new CountDownLatch(1).await();
          }
          OddServer.rtsp(out, request, "200 OK", "Public: DESCRIBE, SETUP, PLAY\r\n");
          return true;
        };
    try (OddServer server = new OddServer(options)) {
      assertThat(failure(VideoStalledException.class, "rtsp", server, "/x"))
          .hasMessageEndingWith(" takes the connection but does not answer");
    }
  }

  @Test
  void aConnectionThatIsClosedAtOnceIsNamed() {
    try (OddServer server = new OddServer(HANG_UP)) {
      for (String scheme : new String[] {"rtsp", "http"}) {
        assertThat(failure(VideoException.class, scheme, server, "/x"))
            .isNotInstanceOf(VideoStalledException.class)
            .hasMessageContaining("the connection was closed without an answer");
      }
    }
  }

  @Test
  void aHostThatNobodyKnowsIsNamed() {
    for (String scheme : new String[] {"rtsp", "http"}) {
      assertThat(failure(VideoException.class, scheme + "://admin:secret@camera.invalid/x"))
          .hasMessageContaining("its host is unknown")
          .hasMessageContaining("camera.invalid")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (DatagramSocket taken = new DatagramSocket()) {
      for (String scheme : new String[] {"udp", "rtp"}) {
        assertThat(failure(VideoException.class, scheme + "://:" + taken.getLocalPort()))
            .hasMessageContaining("another stream or program has its port");
      }
    }
  }

  @Test
  void whatElseKeepsATransportFromOpeningIsNamed() throws Exception {
    int port = FfmpegSender.freePort();
    assertThat(failure(VideoException.class, "srt://:" + port + "?passphrase=secret"))
        .hasMessageEndingWith("a passphrase of SRT has 10 to 79 signs");
    assertThat(failure(VideoException.class, "udp://239.1.2.3:" + port + "?localaddr=192.0.2.1"))
        .hasMessageContaining("cannot join the multicast group");
    assertThat(failure(VideoException.class, "udp://300.1.2.3:" + port))
        .hasMessageContaining("its host is unknown");
  }

  @Test
  void aServerThatDoesNotSpeakTlsIsNamed() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> answerInTheClear(server), "plain-server");
      thread.setDaemon(true);
      thread.start();
      for (String scheme : new String[] {"https", "rtsps"}) {
        String uri = scheme + "://127.0.0.1:" + server.getLocalPort() + "/x";
        assertThat(failure(VideoException.class, uri))
            .hasMessageContaining("it offers no TLS that is known here")
            .hasMessageEndingWith(scheme.substring(0, 4) + "://");
      }
    }
  }

  private static void answerInTheClear(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        InputStream in = client.getInputStream();
        if (in.read(new byte[1 << 16]) > 0) {
          client.getOutputStream().write("HTTP/1.0 400 Bad\r\n\r\n".getBytes(US_ASCII));
          client.shutdownOutput();
          // Until the other side has closed: an early end would reset the connection.
          in.readAllBytes();
        }
      } catch (IOException e) {
        // The next one.
      }
    }
  }

  @Test
  void redirectionsInACircleAreNamed() {
    try (OddServer server = OddServer.of("HTTP/1.0 302 Found\r\nLocation: /again", new byte[0])) {
      assertThat(failure(VideoException.class, "http", server, "/x"))
          .hasMessageEndingWith("it is redirected again and again");
    }
  }

  @Test
  void aWrongPasswordIsNotOnlyAFailure() {
    OddServer.Behaviour rtsp =
        (request, out) -> {
          OddServer.rtsp(
              out,
              request,
              "401 Unauthorized",
              "WWW-Authenticate: Digest realm=\"camera\", nonce=\"1\"\r\n");
          return true;
        };
    String http = "HTTP/1.0 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"camera\"";
    try (OddServer camera = new OddServer(rtsp);
        OddServer web = OddServer.of(http, new byte[0])) {
      assertThat(failure(VideoLoginException.class, "rtsp", camera, "/x"))
          .hasMessageStartingWith("the user or the password of rtsp://***@127.0.0.1:")
          .hasMessageContaining(" is wrong (401); write %40 for @");
      assertThat(failure(VideoLoginException.class, "http", web, "/x"))
          .hasMessageContaining(" is wrong (401); write %40 for @");
      assertThat(failure(VideoLoginException.class, "http://127.0.0.1:" + web.port() + "/x"))
          .hasMessageContaining("wants a user and a password (401)");
    }
  }

  @Test
  void otherRefusalsKeepTheirNumber() {
    try (OddServer forbidden = OddServer.of("HTTP/1.0 403 Forbidden", new byte[0]);
        OddServer missing = OddServer.of("HTTP/1.0 404 Not Found", new byte[0]);
        OddServer broken = OddServer.of("HTTP/1.0 503 Busy", new byte[0])) {
      assertThat(failure(VideoLoginException.class, "http", forbidden, "/x"))
          .hasMessageContaining("refuses access (403)");
      assertThat(failure(VideoException.class, "http", missing, "/x"))
          .hasMessageContaining("no such path at that host (404)");
      assertThat(failure(VideoException.class, "http", broken, "/x"))
          .hasMessageEndingWith("the server answers with error 503");
    }
  }

  @Test
  void aPasswordThatTearsTheAddressIsExplainedAndNotShown() {
    for (String password : new String[] {"se/cret", "se#cret", "se?cret", "p@se/cret"}) {
      assertThat(
              failure(VideoException.class, "rtsp://admin:" + password + "@127.0.0.1:554/stream"))
          .hasMessageContaining("write %40 for @, %2F for /, %23 for # and %3F for ?")
          .hasMessageNotContaining("cret");
    }
  }

  @Test
  void dataWithoutAPictureIsNotSilence(@TempDir Path folder) throws Exception {
    Random random = new Random(1);
    Path clip = TestClip.steady(10, 1, 10).write(folder.resolve("clip.ts"));
    byte[] good = Files.readAllBytes(clip);
    OddServer.Behaviour garbage =
        (request, out) -> {
          out.write("HTTP/1.0 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          out.write(good);
          byte[] noise = new byte[15_000];
          while (true) {
            random.nextBytes(noise);
            out.write(noise);
            out.flush();
            Thread.sleep(100);
          }
        };
    try (OddServer server = new OddServer(garbage)) {
      assertThat(failure(VideoStalledException.class, "http", server, "/x"))
          .hasMessageStartingWith("data comes from http://***@127.0.0.1:")
          .hasMessageEndingWith(", but for 1 s no picture");
    }
  }

  private <T extends VideoException> T failure(
      Class<T> type, String scheme, OddServer server, String path) {
    T failure = failure(type, scheme + "://admin:secret@127.0.0.1:" + server.port() + path);
    assertThat(failure).hasMessageNotContaining("secret").hasMessageNotContaining("admin");
    return failure;
  }

  private <T extends VideoException> T failure(Class<T> type, String uri) {
    try (FrameSource source = sources.open(uri, options)) {
      return catchThrowableOfType(
          type,
          () -> {
            while (source.next().isPresent()) {
              // The pictures before the failure.
            }
          });
    }
  }
}
