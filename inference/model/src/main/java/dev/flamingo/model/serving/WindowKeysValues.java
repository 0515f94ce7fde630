package dev.flamingo.model.serving;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.flamingo.model.FlamingoConfig;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys and values of windows for every gated layer, computed once per window and shared by all
 * its questions. The last windows are remembered by their content, since every question may bring
 * its own copy. Safe for use by several threads.
 */
final class WindowKeysValues {

  /** More than the media of the longest prompt, or asking it again would find none of them. */
  private static final int REMEMBERED_WINDOWS = 64;

  private final GraphSession session;
  private final EngineCounters counters;
  private final int layers;
  private final int latents;
  private final int width;
  private final int heads;
  private final int headWidth;

  /**
   * Every value: for layer i the keys at 2 i, the values at 2 i + 1, each [heads, latents, head
   * width].
   */
  private final Map<VisualTokens, List<float[]>> remembered =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<VisualTokens, List<float[]>> eldest) {
          return size() > REMEMBERED_WINDOWS;
        }
      };

  WindowKeysValues(GraphSession session, FlamingoConfig config, EngineCounters counters) {
    this.session = session;
    this.counters = counters;
    layers = config.crossAttentionLayers();
    latents = config.resampler().latents();
    width = config.crossAttention().visual();
    heads = config.crossAttention().heads();
    headWidth = config.crossAttention().headWidth();
  }

  /**
   * Returns the decoder's visual inputs, each {@code [rows, heads, media * latents, head width]}.
   *
   * @param rows the media of every row; what a row has fewer than others is 0
   * @param media the most media of a row, at least 1
   * @throws IllegalArgumentException if visual tokens are of another model
   */
  List<NDArray> inputs(NDManager manager, List<List<VisualTokens>> rows, int media) {
    Map<VisualTokens, List<float[]>> windows = windows(rows);
    int block = latents * headWidth;
    List<NDArray> inputs = new ArrayList<>();
    for (int part = 0; part < 2 * layers; part++) {
      float[] batch = new float[rows.size() * heads * media * block];
      for (int row = 0; row < rows.size(); row++) {
        for (int medium = 0; medium < rows.get(row).size(); medium++) {
          List<float[]> window = windows.getOrDefault(rows.get(row).get(medium), List.of());
          for (int head = 0; head < heads; head++) {
            int to = ((row * heads + head) * media + medium) * block;
            System.arraycopy(window.get(part), head * block, batch, to, block);
          }
        }
      }
      String name = (part % 2 == 0 ? "visual_key_" : "visual_value_") + part / 2;
      long tokens = (long) media * latents;
      inputs.add(GraphSession.tensor(manager, name, batch, rows.size(), heads, tokens, headWidth));
    }
    return inputs;
  }

  private Map<VisualTokens, List<float[]>> windows(List<List<VisualTokens>> rows) {
    Map<VisualTokens, List<float[]>> windows = new HashMap<>();
    List<VisualTokens> missing = new ArrayList<>();
    synchronized (remembered) {
      for (List<VisualTokens> row : rows) {
        for (VisualTokens window : row) {
          List<float[]> known = remembered.get(window);
          if (windows.putIfAbsent(window, known == null ? List.of() : known) == null
              && known == null) {
            missing.add(window);
          }
        }
      }
    }
    if (!missing.isEmpty()) {
      Map<VisualTokens, List<float[]>> built = build(missing);
      windows.putAll(built);
      synchronized (remembered) {
        remembered.putAll(built);
      }
    }
    return windows;
  }

  private Map<VisualTokens, List<float[]>> build(List<VisualTokens> windows) {
    int size = latents * width;
    float[] batch = new float[windows.size() * size];
    for (int i = 0; i < windows.size(); i++) {
      VisualTokens window = windows.get(i);
      if (window.count() != latents || window.width() != width) {
        throw new IllegalArgumentException(
            "visual tokens [%d, %d] are not this model's [%d, %d]"
                .formatted(window.count(), window.width(), latents, width));
      }
      System.arraycopy(window.values(), 0, batch, i * size, size);
    }
    Map<VisualTokens, List<float[]>> built = new HashMap<>();
    windows.forEach(window -> built.put(window, new ArrayList<>()));
    try (NDManager manager = session.newManager()) {
      NDList input =
          new NDList(
              GraphSession.tensor(manager, "visual_tokens", batch, windows.size(), latents, width));
      for (NDArray output : session.run(input)) {
        FloatBuffer values = GraphSession.values(output);
        for (VisualTokens window : windows) {
          float[] part = new float[heads * latents * headWidth];
          values.get(part);
          built.getOrDefault(window, List.of()).add(part);
        }
      }
    }
    counters.addKeysValues(windows.size());
    return built;
  }
}
