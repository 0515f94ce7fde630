package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A recorder that sends what it has recorded in real time, and declares how long that is. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class RtspReplayTest {

  private final FrameSources sources = new FrameSources();
  private final SourceHistory history = new SourceHistory();
  private final RtpStream stream;

  RtspReplayTest(@TempDir Path folder) throws IOException {
    stream = RtpStream.of(folder, 50, "40+4*N");
  }

  @Test
  void isShownOnceAndGoesOnWhereItWasLost() throws Exception {
    try (RtspCamera recorder = new RtspCamera(stream, "a=range:npt=0-5", 50)) {
      List<Integer> shown = new ArrayList<>();
      try (FrameSource source = open(recorder.uri())) {
        shown.add(brightness(source.next().orElseThrow()));
        shown.add(brightness(source.next().orElseThrow()));
        recorder.be(RtspCamera.Mood.GONE);
        assertThatThrownBy(() -> drain(source, shown)).isInstanceOf(VideoException.class);
      }
      recorder.be(RtspCamera.Mood.SENDING);
      try (FrameSource source = open(recorder.uri())) {
        drain(source, shown);
        assertThat(source.comesBack()).isFalse();
      }
      assertThat(shown).hasSizeBetween(5, 6).isSorted().doesNotHaveDuplicates();
      assertThat(recorder.plays()).isEqualTo(2);
    }
  }

  @Test
  void isKnownByAnAddressThatNamesItsEnd() throws Exception {
    try (RtspCamera recorder = new RtspCamera(stream, "", 30);
        FrameSource source =
            open(recorder.uri() + "?starttime=20260101T000000Z&endtime=20260101T000003Z")) {
      List<Integer> shown = new ArrayList<>();
      drain(source, shown);
      assertThat(shown).hasSize(3);
      assertThat(source.comesBack()).isFalse();
    }
  }

  private FrameSource open(String uri) {
    return sources.open(uri, FrameSourceOptions.defaults(), history);
  }

  private static void drain(FrameSource source, List<Integer> shown) throws Exception {
    Optional<SampledFrame> frame = source.next();
    while (frame.isPresent()) {
      shown.add(brightness(frame.get()));
      frame = source.next();
    }
  }

  private static int brightness(SampledFrame frame) throws IOException {
    return TestPicture.read(frame.jpeg()).red(20, 48);
  }
}
