package dev.flamingo.standalone.bench;

import dev.flamingo.ingest.video.FrameSource;
import dev.flamingo.ingest.video.FrameSourceOptions;
import dev.flamingo.ingest.video.FrameSources;
import java.util.ArrayList;
import java.util.List;

/** Pictures of the synthetic street, as its camera would publish them. */
final class StreetFrames {

  private static final String STREET = "street:?seed=7";

  private StreetFrames() {}

  /**
   * Returns the JPEGs of so many seconds, one after another.
   *
   * @param size side of the pictures in pixels
   * @throws InterruptedException if interrupted
   */
  static List<byte[]> jpegs(int seconds, int size) throws InterruptedException {
    FrameSourceOptions options = FrameSourceOptions.defaults().withSize(size).withFast(true);
    List<byte[]> jpegs = new ArrayList<>();
    try (FrameSource street = new FrameSources().open(STREET, options)) {
      while (jpegs.size() < seconds) {
        jpegs.add(street.next().orElseThrow().jpeg());
      }
    }
    return jpegs;
  }
}
