package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Live pictures carry the time at which they were seen, however they are delivered. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class LiveTimingTest {

  private static final int SECONDS = 6;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c:v flv -q:v 2 -g 10 -f flv",
        "-c:v mpeg2video -q:v 2 -g 10 -f mpegts",
        "-c:v mpeg4 -q:v 2 -g 10 -f m4v",
        "-c:v mjpeg -q:v 2 -f mpjpeg",
        "-c:v libvpx -deadline realtime -b:v 1M -g 10 -f webm -live 1 -cluster_time_limit 3000 -cluster_size_limit 5000000",
        "-c:v mpeg2video -q:v 2 -g 10 -f vob",
      })
  void everySecondGivesItsOwnPictureWithItsOwnTime(String encoding, @TempDir Path folder)
      throws Exception {
    List<SampledFrame> frames = new ArrayList<>();
    try (PipedCamera camera = new PipedCamera(folder, encoding);
        FrameSource source = new FrameSources().open(camera.uri(), FrameSourceOptions.defaults())) {
      while (frames.size() < SECONDS) {
        frames.add(source.next().orElseThrow());
      }
    }
    // When each was made, by its brightness, and seen. A busy machine may delay one, but not most.
    List<Double> steps = new ArrayList<>();
    List<Double> drifts = new ArrayList<>();
    for (int i = 1; i < SECONDS; i++) {
      double made = made(frames.get(i)) - made(frames.get(i - 1));
      double seen = seen(frames.get(i)) - seen(frames.get(i - 1));
      steps.add(made);
      drifts.add(Math.abs(seen - made));
    }
    assertThat(median(steps)).as("%s", steps).isBetween(.6, 1.4);
    assertThat(median(drifts)).as("%s", drifts).isLessThan(.4);
  }

  private static double made(SampledFrame frame) throws IOException {
    return TestPicture.read(frame.jpeg()).red(24, 48) * 219 / 255.0 / 10;
  }

  private static double seen(SampledFrame frame) {
    return frame.captureTime().toEpochMilli() / 1000.0;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
