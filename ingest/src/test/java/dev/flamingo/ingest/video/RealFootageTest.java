package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded footage, where there is some; the folder's owner does not let it be copied here. */
class RealFootageTest {

  @ParameterizedTest
  @CsvSource({"car-detection.mp4,31", "bottle-detection.mp4,40"})
  void footageIsSampledToItsLastSecond(String name, int seconds) throws Exception {
    Path video = Path.of(System.getProperty("flamingo.shared", "."), "videos", name);
    assumeTrue(Files.isReadable(video), "there is no " + video);
    Set<Integer> sizes = new HashSet<>();
    int count = 0;
    try (FrameSource source =
        new FrameSources().open(video.toString(), FrameSourceOptions.defaults().withFast(true))) {
      Optional<SampledFrame> frame = source.next();
      while (frame.isPresent()) {
        assertThat(frame.get().ptsMs() / 1000).isEqualTo(count);
        sizes.add(frame.get().jpeg().length);
        count++;
        frame = source.next();
      }
      assertThat(source.losses()).isEqualTo(FrameSource.Losses.NONE);
    }
    assertThat(count).isEqualTo(seconds);
    assertThat(sizes).hasSizeGreaterThan(10);
  }
}
