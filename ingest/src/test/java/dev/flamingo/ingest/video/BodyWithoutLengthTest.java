package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class BodyWithoutLengthTest {

  private final FrameSources sources = new FrameSources();
  private final FrameSourceOptions options =
      FrameSourceOptions.defaults().withFast(true).withStallAfter(Duration.ofSeconds(5));

  @ParameterizedTest
  @ValueSource(strings = {"clip.ts", "clip.mkv", "clip.m4v"})
  void aRecordingIsRecognisedByHowFastItComesAndEndsForGood(String name, @TempDir Path folder)
      throws Exception {
    // Minutes, so that a slow machine, too, reads it faster than it can have been filmed.
    Path clip = TestClip.steady(2, 1, 2 * 300).write(folder.resolve(name));
    try (OddServer server = OddServer.of("HTTP/1.0 200 OK", Files.readAllBytes(clip));
        FrameSource source = sources.open("http://127.0.0.1:" + server.port() + "/x", options)) {
      List<SampledFrame> frames = drain(source);
      assertThat(frames.stream().map(SampledFrame::ptsMs))
          .containsSubsequence(0L, 1000L, 2000L, 3000L, 4000L, 5000L, 6000L, 299_000L);
      assertThat(source.live()).isFalse();
      assertThat(source.comesBack()).isFalse();
    }
  }

  @Test
  void aFileWhoseIndexComesFirstIsARecordingAtOnce(@TempDir Path folder) throws Exception {
    Path clip = TestClip.steady(25, 1, 100).write(folder.resolve("clip.mp4"));
    Path first = folder.resolve("first.mp4");
    try (FfmpegSender program =
        FfmpegSender.run(
            List.of(
                "-i", clip.toString(), "-c", "copy", "-movflags", "faststart", first.toString()))) {
      program.await();
    }
    try (OddServer server = OddServer.of("HTTP/1.0 200 OK", Files.readAllBytes(first));
        FrameSource source = sources.open("http://127.0.0.1:" + server.port() + "/x", options)) {
      assertThat(drain(source)).hasSize(4);
      assertThat(source.comesBack()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "flv", "avi", "ivf"})
  void aCameraIsLiveThoughItsContainerKnowsADuration(String format) throws Exception {
    int port = FfmpegSender.freePort();
    String address = "http://127.0.0.1:" + port + "/cam." + format;
    List<String> output = new ArrayList<>(List.of("-t", "5", "-c:v"));
    output.addAll(
        switch (format) {
          case "mp4" ->
              List.of("mpeg4", "-movflags", "frag_every_frame+empty_moov+default_base_moof");
          case "flv" -> List.of("flv1", "-flvflags", "+add_keyframe_index+no_duration_filesize");
          case "avi" -> List.of("mpeg4");
          default -> List.of("libvpx", "-deadline", "realtime", "-cpu-used", "8");
        });
    output.addAll(List.of("-f", format, "-listen", "1", address));
    try (FfmpegSender camera = FfmpegSender.to(output);
        Watcher watcher = new Watcher(sources, address, options)) {
      assertThat(watcher.take(2)).hasSize(2);
      assertThat(camera.isRunning()).isTrue();
    }
  }

  private static List<SampledFrame> drain(FrameSource source) throws InterruptedException {
    List<SampledFrame> frames = new ArrayList<>();
    Optional<SampledFrame> frame = source.next();
    while (frame.isPresent()) {
      frames.add(frame.get());
      frame = source.next();
    }
    return frames;
  }
}
