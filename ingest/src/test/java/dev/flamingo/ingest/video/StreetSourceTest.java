package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreetSourceTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final FrameSources sources = new FrameSources();
  private final FrameSourceOptions fast =
      FrameSourceOptions.defaults().withFast(true).withStartAt(START);

  @Test
  void theStreetGivesOnePictureASecondWithoutAnEnd() throws Exception {
    List<SampledFrame> frames = frames("street:?seed=7", 40);
    for (int i = 0; i < 40; i++) {
      assertThat(frames.get(i).index()).isEqualTo(i);
      assertThat(frames.get(i).ptsMs()).isEqualTo(i * 1000L);
      assertThat(frames.get(i).captureTime()).isEqualTo(START.plusSeconds(i));
    }
    TestPicture picture = TestPicture.read(frames.get(39).jpeg());
    assertThat(picture.width()).isEqualTo(96);
    assertThat(picture.height()).isEqualTo(96);
  }

  @Test
  void theSeedChoosesTheStreet() throws Exception {
    byte[] seven = frames("street:?seed=7", 5).get(4).jpeg();
    assertThat(frames("street:?seed=7", 5).get(4).jpeg()).isEqualTo(seven);
    assertThat(frames("street:?seed=8", 5).get(4).jpeg()).isNotEqualTo(seven);
  }

  @Test
  void aClosedStreetHasEnded() throws Exception {
    FrameSource street = sources.open("street:", fast);
    street.next();
    street.close();
    assertThat(street.next()).isEmpty();
  }

  private List<SampledFrame> frames(String uri, int count) throws InterruptedException {
    List<SampledFrame> frames = new ArrayList<>();
    try (FrameSource street = sources.open(uri, fast)) {
      for (int i = 0; i < count; i++) {
        frames.add(street.next().orElseThrow());
      }
    }
    return frames;
  }
}
