package dev.flamingo.training.benchmark;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.model.serving.FrameFeatures;
import dev.flamingo.model.serving.PooledFeatures;
import dev.flamingo.model.serving.VisualTokens;
import dev.flamingo.training.frame.Medium;
import dev.flamingo.training.frame.MediumFrames;
import dev.flamingo.training.frame.UnreadableMediumException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an engine sees in pictures and videos. The latest are remembered: several questions are
 * asked of one picture. For use by one thread.
 */
public final class EncodedMedia {

  private static final int REMEMBERED = 256;

  private final FlamingoEngine engine;
  private final MediumFrames frames;

  private record Seen(VisualTokens tokens, PooledFeatures features) {}

  private final Map<Medium, Seen> remembered =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Medium, Seen> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Looks through the eyes of an engine, which stays the caller's. */
  public EncodedMedia(FlamingoEngine engine) {
    this.engine = engine;
    FlamingoConfig architecture = engine.bundle().architecture();
    frames = new MediumFrames(architecture.imageSize(), architecture.windowFrames());
  }

  /**
   * Returns what the language model sees of a medium.
   *
   * @throws UnaskedException if it cannot be read
   */
  VisualTokens tokens(Medium medium) throws UnaskedException, InterruptedException {
    return see(medium).tokens();
  }

  /**
   * Returns what a medium is like as a whole.
   *
   * @throws UnaskedException if it cannot be read
   */
  PooledFeatures features(Medium medium) throws UnaskedException, InterruptedException {
    return see(medium).features();
  }

  private Seen see(Medium medium) throws UnaskedException, InterruptedException {
    Seen known = remembered.get(medium);
    if (known != null) {
      return known;
    }
    List<float[]> pixels = new ArrayList<>();
    for (byte[] jpeg : frames(medium)) {
      try {
        pixels.add(engine.preprocessor().fromJpeg(jpeg));
      } catch (IOException e) {
        throw new UnaskedException(
            "%s cannot be read: %s".formatted(medium.file(), e.getMessage()), e);
      }
    }
    List<FrameFeatures> features = engine.encoder().encode(pixels);
    Seen seen =
        new Seen(
            engine.resampler().resample(List.of(features)).get(0), engine.encoder().pool(features));
    remembered.put(medium, seen);
    return seen;
  }

  private List<byte[]> frames(Medium medium) throws UnaskedException, InterruptedException {
    try {
      return frames.read(medium);
    } catch (UnreadableMediumException e) {
      throw new UnaskedException(e.getMessage(), e);
    }
  }
}
