package dev.flamingo.model.serving;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.familiarity.PictureStatistics;
import dev.flamingo.model.nn.ResamplerConfig;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The resampler. Safe for use by several threads. */
public final class WindowResampler {

  /** The longest window; beyond the learnt ones, time embeddings are interpolated. */
  public static final int MAX_FRAMES = 64;

  private static final int MAX_BATCH = 16;

  private final GraphSession session;
  private final EngineCounters counters;
  private final ResamplerConfig config;
  private final int patches;
  private final @Nullable PictureStatistics known;

  /**
   * Makes one.
   *
   * @param known what windows are compared with; null to measure nothing
   */
  WindowResampler(
      GraphSession session,
      FlamingoConfig config,
      EngineCounters counters,
      @Nullable PictureStatistics known) {
    this.session = session;
    this.known = known;
    this.counters = counters;
    this.config = config.resampler();
    patches = config.patches();
  }

  /**
   * Turns windows of frames into visual tokens, in order. Windows of equal length share a run.
   *
   * @throws IllegalArgumentException if a window has no frame or too many, or features of another
   *     model
   */
  public List<VisualTokens> resample(List<List<FrameFeatures>> windows) {
    Map<Integer, List<Integer>> byLength = new TreeMap<>();
    for (int i = 0; i < windows.size(); i++) {
      byLength.computeIfAbsent(check(windows.get(i)), length -> new ArrayList<>()).add(i);
    }
    VisualTokens[] tokens = new VisualTokens[windows.size()];
    byLength.forEach(
        (length, indices) -> {
          int most = Math.min(MAX_BATCH, session.most(length, patches, config.input()));
          for (int from = 0; from < indices.size(); from += most) {
            List<Integer> part = indices.subList(from, Math.min(indices.size(), from + most));
            resample(windows, part, length, tokens);
          }
        });
    return Arrays.asList(tokens);
  }

  private int check(List<FrameFeatures> window) {
    if (window.isEmpty() || window.size() > MAX_FRAMES) {
      throw new IllegalArgumentException(
          "a window of %d frames is outside 1 to %d".formatted(window.size(), MAX_FRAMES));
    }
    for (FrameFeatures frame : window) {
      if (frame.values().length != patches * config.input()) {
        throw new IllegalArgumentException(
            "frame features of %d values are not this model's %d x %d"
                .formatted(frame.values().length, patches, config.input()));
      }
    }
    return window.size();
  }

  private void resample(
      List<List<FrameFeatures>> windows, List<Integer> indices, int length, VisualTokens[] tokens) {
    int frameSize = patches * config.input();
    int rows = session.filled(indices.size(), length, patches, config.input());
    float[] batch = new float[rows * length * frameSize];
    int at = 0;
    for (int index : indices) {
      for (FrameFeatures frame : windows.get(index)) {
        System.arraycopy(frame.values(), 0, batch, at, frameSize);
        at += frameSize;
      }
    }
    int learnt = config.frames();
    float[] weights = config.timeWeights(length);
    try (NDManager manager = session.newManager()) {
      NDList inputs =
          new NDList(
              GraphSession.tensor(
                  manager, "features", batch, rows, length, patches, config.input()),
              GraphSession.tensor(manager, "time_weights", weights, length, learnt));
      FloatBuffer output = GraphSession.values(session.run(inputs).head());
      for (int index : indices) {
        float[] values = new float[config.latents() * config.width()];
        output.get(values);
        tokens[index] =
            new VisualTokens(config.latents(), config.width(), values, novelty(windows.get(index)));
      }
    }
    counters.addWindows(indices.size());
  }

  private @Nullable Double novelty(List<FrameFeatures> window) {
    return known == null
        ? null
        : known.novelty(window.stream().map(FrameFeatures::values).toList());
  }
}
