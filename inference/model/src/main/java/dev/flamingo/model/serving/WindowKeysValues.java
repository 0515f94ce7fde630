package dev.flamingo.model.serving;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.flamingo.model.FlamingoConfig;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The keys and values of windows for every gated layer, computed once per window and shared by all
 * its questions. Windows are told apart by their content, since every question may bring its own
 * copy: a question can see no window but its own, whatever streams are called. Safe for use by
 * several threads.
 */
final class WindowKeysValues {

  private final GraphSession session;
  private final EngineCounters counters;
  private final ContentCache<VisualTokens, KeysValues> cache;
  private final int layers;
  private final int latents;
  private final int width;
  private final int heads;
  private final int headWidth;

  /**
   * Makes an empty one.
   *
   * @param bytes how much of windows is remembered; the media of a single call always are
   */
  WindowKeysValues(
      GraphSession session, FlamingoConfig config, long bytes, EngineCounters counters) {
    this.session = session;
    this.counters = counters;
    layers = config.crossAttentionLayers();
    latents = config.resampler().latents();
    width = config.crossAttention().visual();
    heads = config.crossAttention().heads();
    headWidth = config.crossAttention().headWidth();
    cache =
        new ContentCache<>(
            bytes, (window, built) -> window.bytes() + built.bytes(), counters::addKeysValuesHits);
  }

  /**
   * Checks that a model can look at windows.
   *
   * @throws IllegalArgumentException if visual tokens are of another model
   */
  void check(List<VisualTokens> windows) {
    for (VisualTokens window : windows) {
      if (window.count() != latents || window.width() != width) {
        throw new IllegalArgumentException(
            "visual tokens [%d, %d] are not this model's [%d, %d]"
                .formatted(window.count(), window.width(), latents, width));
      }
    }
  }

  /**
   * Returns the keys and values of all media of all rows.
   *
   * @throws IllegalArgumentException if visual tokens are of another model
   */
  List<List<KeysValues>> of(List<List<VisualTokens>> rows) {
    // Before anything is computed together, so that nobody fails for the sake of others.
    rows.forEach(this::check);
    List<VisualTokens> windows = rows.stream().flatMap(List::stream).toList();
    Iterator<KeysValues> all = cache.get(windows, this::build).iterator();
    List<List<KeysValues>> ofRows = new ArrayList<>();
    for (List<VisualTokens> row : rows) {
      List<KeysValues> media = new ArrayList<>();
      row.forEach(window -> media.add(all.next()));
      ofRows.add(media);
    }
    return ofRows;
  }

  /**
   * Returns the decoder's visual inputs, each {@code [rows, heads, media * latents, head width]}.
   *
   * @param rows the media of every row; what a row has fewer than others is 0
   * @param media the most media of a row, at least 1
   */
  List<NDArray> inputs(NDManager manager, List<List<KeysValues>> rows, int media) {
    int block = latents * headWidth;
    List<NDArray> inputs = new ArrayList<>();
    for (int part = 0; part < 2 * layers; part++) {
      FloatBuffer batch = GraphSession.buffer((long) rows.size() * heads * media * block);
      for (int row = 0; row < rows.size(); row++) {
        for (int medium = 0; medium < rows.get(row).size(); medium++) {
          float[] window = rows.get(row).get(medium).parts()[part];
          for (int head = 0; head < heads; head++) {
            int to = ((row * heads + head) * media + medium) * block;
            batch.put(to, window, head * block, block);
          }
        }
      }
      long tokens = (long) media * latents;
      inputs.add(
          GraphSession.tensor(manager, name(part), batch, rows.size(), heads, tokens, headWidth));
    }
    return inputs;
  }

  private List<KeysValues> build(List<VisualTokens> windows) {
    List<KeysValues> built = new ArrayList<>();
    int most = session.most(latents, width);
    for (int from = 0; from < windows.size(); from += most) {
      build(windows.subList(from, from + Math.min(most, windows.size() - from)), built);
    }
    counters.addKeysValues(windows.size());
    return built;
  }

  private void build(List<VisualTokens> windows, List<KeysValues> built) {
    int rows = session.filled(windows.size(), latents, width);
    FloatBuffer batch = GraphSession.buffer((long) rows * latents * width);
    windows.forEach(window -> batch.put(window.values()));
    batch.rewind();
    float[][][] parts = new float[windows.size()][2 * layers][heads * latents * headWidth];
    try (NDManager manager = session.newManager()) {
      NDList outputs =
          session.run(
              new NDList(
                  GraphSession.tensor(manager, "visual_tokens", batch, rows, latents, width)));
      for (int part = 0; part < 2 * layers; part++) {
        FloatBuffer values = GraphSession.values(outputs.get(name(part)));
        for (float[][] window : parts) {
          values.get(window[part]);
        }
      }
    }
    for (float[][] window : parts) {
      built.add(new KeysValues(window));
    }
  }

  // A layer's keys, then its values.
  private static String name(int part) {
    return (part % 2 == 0 ? "visual_key_" : "visual_value_") + part / 2;
  }
}
