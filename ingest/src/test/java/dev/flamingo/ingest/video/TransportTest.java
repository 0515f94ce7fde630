package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Every transport from a real sender that pauses, goes away and comes back. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class TransportTest {

  private static final String SECRET = "secret-passphrase";

  private final FrameSources sources = new FrameSources();
  private final FrameSourceOptions options =
      FrameSourceOptions.defaults().withStallAfter(Duration.ofSeconds(3));

  @Test
  void datagramsOnALossyNetwork() throws Exception {
    int port = FfmpegSender.freeUdpPorts();
    try (LossyRelay relay = new LossyRelay(port, 25)) {
      survives("udp://127.0.0.1:" + port, mpegTs("udp://127.0.0.1:" + relay.port()));
      assertThat(relay.lost()).isPositive();
    }
  }

  @Test
  void multicast() throws Exception {
    int port = FfmpegSender.freeUdpPorts();
    String group = "239.255.77.1:%d?localaddr=127.0.0.1".formatted(port);
    survives("udp://@" + group, mpegTs("udp://" + group + "&ttl=0&pkt_size=1316"));
  }

  @Test
  void rtpWithAStaticPayloadType() throws Exception {
    int port = FfmpegSender.freeUdpPorts();
    try (LossyRelay relay = new LossyRelay(port, 25)) {
      survives(
          "rtp://127.0.0.1:" + port,
          List.of("-c:v", "mpeg4", "-f", "rtp_mpegts", "rtp://127.0.0.1:" + relay.port()));
      assertThat(relay.lost()).isPositive();
    }
  }

  @Test
  void rtpWithADynamicPayloadTypeWantsAnSdpFile() throws Exception {
    int port = FfmpegSender.freeUdpPorts();
    try (FfmpegSender sender =
            FfmpegSender.to(List.of("-c:v", "mpeg4", "-f", "rtp", "rtp://127.0.0.1:" + port));
        FrameSource source = sources.open("rtp://127.0.0.1:" + port, options)) {
      assertThatThrownBy(source::next).hasMessageContaining("give the sender's .sdp file");
      assertThat(sender).isNotNull();
    }
  }

  @Test
  void rtpDescribedByAFile(@TempDir Path folder) throws Exception {
    Path sdp = folder.resolve("camera.sdp");
    try (LossyRelay relay = describe(sdp)) {
      survives(sdp.toString(), rtp(relay.port()));
    }
  }

  @Test
  void rtpDescribedOverHttp(@TempDir Path folder) throws Exception {
    Path sdp = folder.resolve("camera.sdp");
    try (LossyRelay relay = describe(sdp);
        RawServer server =
            new RawServer().on("/camera", "application/sdp", Files.readAllBytes(sdp))) {
      survives(server.uri("/camera"), rtp(relay.port()));
    }
  }

  @Test
  void srtThatCalls() throws Exception {
    int port = FfmpegSender.freeUdpPorts();
    survives(
        "srt://127.0.0.1:%d?passphrase=%s&streamid=%s".formatted(port, SECRET, SECRET),
        mpegTs("srt://127.0.0.1:%d?mode=listener&passphrase=%s".formatted(port, SECRET)));
  }

  @Test
  void srtThatListensOnALossyNetwork() throws Exception {
    int port = FfmpegSender.freeUdpPorts();
    try (LossyRelay relay = new LossyRelay(port, 25)) {
      survives(
          "srt://:%d?passphrase=%s".formatted(port, SECRET),
          mpegTs("srt://127.0.0.1:%d?passphrase=%s".formatted(relay.port(), SECRET)));
      assertThat(relay.lost()).isPositive();
    }
  }

  @Test
  void aWrongPassphraseIsNamedAndNotShown() throws Exception {
    int port = FfmpegSender.freeUdpPorts();
    try (FfmpegSender sender =
        FfmpegSender.to(
            mpegTs("srt://127.0.0.1:%d?mode=listener&passphrase=another-one".formatted(port)))) {
      assertThat(sender).isNotNull();
      try (FrameSource source =
          sources.open("srt://127.0.0.1:%d?passphrase=%s".formatted(port, SECRET), options)) {
        assertThatThrownBy(source::next)
            .hasMessageContaining("passphrase")
            .hasMessageNotContaining(SECRET);
      }
    }
  }

  @Test
  void rtmpThatIsPulled() throws Exception {
    int port = FfmpegSender.freePort();
    String uri = "rtmp://127.0.0.1:%d/live/%s".formatted(port, SECRET);
    survives(uri, List.of("-c:v", "flv", "-f", "flv", "-listen", "1", uri));
  }

  @Test
  void rtmpThatIsPushed() throws Exception {
    int port = FfmpegSender.freePort();
    String uri = "rtmp://127.0.0.1:%d/live/%s".formatted(port, SECRET);
    survives(uri.replace("127.0.0.1", ""), List.of("-c:v", "flv", "-f", "flv", uri));
  }

  @Test
  void rtmpOverTls(@TempDir Path folder) throws Exception {
    int port = FfmpegSender.freePort();
    String path = "127.0.0.1:%d/live/" + SECRET;
    try (TlsFront front = new TlsFront(folder, port)) {
      survives(
          "rtmps://" + path.formatted(front.port()),
          List.of("-c:v", "flv", "-f", "flv", "-listen", "1", "rtmp://" + path.formatted(port)));
    }
  }

  @Test
  void rtspOverTlsAndOverTcpAlone(@TempDir Path folder) throws Exception {
    try (RtspCamera camera = new RtspCamera(folder, 200);
        TlsFront front = new TlsFront(folder, camera.port())) {
      for (String address :
          List.of(
              "rtsps://admin:secret@127.0.0.1:" + front.port() + "/live",
              camera.uri().replace("rtsp:", "rtspt:"))) {
        try (FrameSource source = sources.open(address, options)) {
          byte[] jpeg = source.next().orElseThrow().jpeg();
          assertThat(TestPicture.read(jpeg).red(20, 48)).as(address).isBetween(206, 222);
        }
      }
    }
  }

  @Test
  void tcpThatIsPulled() throws Exception {
    int port = FfmpegSender.freePort();
    survives("tcp://127.0.0.1:" + port, mpegTs("tcp://127.0.0.1:%d?listen=1".formatted(port)));
  }

  @Test
  void tcpThatIsPushed() throws Exception {
    int port = FfmpegSender.freePort();
    survives("tcp://127.0.0.1:%d?listen=1".formatted(port), mpegTs("tcp://127.0.0.1:" + port));
  }

  /** Writes the description of what is sent to the relay. */
  private static LossyRelay describe(Path sdp) throws Exception {
    int port = FfmpegSender.freeUdpPorts();
    Files.writeString(
        sdp,
        String.join(
            "\r\n",
            "v=0",
            "o=- 0 0 IN IP4 127.0.0.1",
            "s=camera",
            "c=IN IP4 127.0.0.1",
            "t=0 0",
            "m=video " + port + " RTP/AVP 96",
            "a=rtpmap:96 MP4V-ES/90000",
            ""));
    return new LossyRelay(port, 25);
  }

  private static List<String> rtp(int port) {
    return List.of(
        "-c:v", "mpeg4", "-f", "rtp", "-payload_type", "96", "rtp://127.0.0.1:%d".formatted(port));
  }

  private static List<String> mpegTs(String address) {
    return List.of("-c:v", "mpeg4", "-f", "mpegts", address);
  }

  /** Live, silent, live, without a sender, and live again; the secrets in no message. */
  private void survives(String uri, List<String> sending) throws Exception {
    try (PersistentSender sender = new PersistentSender(sending);
        Watcher watcher = new Watcher(sources, uri, options)) {
      watcher.take(2);
      sender.pause();
      assertThat(watcher.failure()).isInstanceOf(VideoStalledException.class);
      sender.resume();
      watcher.take(2);
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getName().contains(SECRET));
      sender.restart();
      List<SampledFrame> after = watcher.take(3);
      assertThat(TestPicture.read(after.get(2).jpeg()).red(48, 48)).isNotNegative();
      assertThat(watcher.reasons()).allSatisfy(r -> assertThat(r).doesNotContain(SECRET));
    }
  }
}
