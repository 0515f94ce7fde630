package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** RTP over datagrams, packet by packet. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class RtpTest {

  private static final int KEYFRAME_EVERY = 12;
  private static final int LOST = 5;

  private final Path folder;
  private final int port;

  RtpTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    this.port = FfmpegSender.freeUdpPorts();
  }

  private static int luma(int picture) {
    return 40 + 8 * (picture % 24);
  }

  private static List<Integer> beforeALoss() {
    return IntStream.range(0, 24)
        .filter(i -> i % KEYFRAME_EVERY < LOST)
        .mapToObj(i -> Math.round((luma(i) - 16) * 255f / 219f))
        .toList();
  }

  private Path sdp() throws Exception {
    return Files.writeString(folder.resolve("camera.sdp"), RtpStream.sdp(port, ""));
  }

  /** Its own pictures do not tell that another one before them is missing. */
  @Test
  void whatIsBuiltOnALostPictureIsNotShown() throws Exception {
    VideoAddress address =
        new VideoAddress(
            sdp().toString(),
            "camera",
            "sdp",
            Map.of("protocol_whitelist", "file,rtp,udp"),
            VideoAddress.Kind.LIVE,
            /* loop= */ false,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60));
    try (RtpSender sender =
            new RtpSender(
                RtpStream.of(folder, 24, "40+8*N"), port, i -> i % KEYFRAME_EVERY == LOST);
        Deadline deadline = new Deadline();
        VideoInput input = VideoInput.open(address, deadline);
        PictureDecoder decoder = PictureDecoder.open(input);
        PictureFitter fitter = new PictureFitter(PictureLayout.fit(96), new Rgb(128, 128, 128));
        JpegEncoder encoder = new JpegEncoder(96, 96, 95);
        LivePictures pictures =
            new LivePictures(
                input,
                new TimedPackets(input, Clock.systemUTC(), /* heldBack= */ false),
                decoder)) {
      assertThat(sender).isNotNull();
      for (int shown = 0; shown < 3 * LOST; shown++) {
        AVFrame next = Objects.requireNonNull(pictures.next());
        int red = TestPicture.read(encoder.encode(fitter.fit(next))).red(20, 48);
        // One that lacks the change of the lost one looks like the lost one, or later ones.
        assertThat(beforeALoss()).anySatisfy(right -> assertThat(red).isCloseTo(right, within(4)));
      }
      assertThat(input.corrupt().count()).isPositive();
    }
  }

  /** FFmpeg takes the lower sequence numbers for late ones, for as long as half of all take. */
  @Test
  void aSenderThatIsStartedAgainGoesOnAtOnce() throws Exception {
    RtpStream stream = RtpStream.of(folder, 24, "100").restarted(7, 30_000);
    FrameSourceOptions patient =
        FrameSourceOptions.defaults().withStallAfter(Duration.ofSeconds(100));
    try (RtpSender sender = new RtpSender(stream, port, i -> false);
        FrameSource source = new FrameSources().open(sdp().toString(), patient)) {
      source.next();
      source.next();
      sender.goOn(stream.restarted(8, 20_000));
      for (int i = 0; i < 4; i++) {
        assertThat(source.next()).isPresent();
      }
    }
  }
}
