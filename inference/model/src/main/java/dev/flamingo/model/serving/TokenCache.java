package dev.flamingo.model.serving;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.flamingo.model.nn.DecoderConfig;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The keys and values of all that the rows of a batch have read so far, where the decoder's graph
 * takes and leaves them.
 *
 * <p>A row's own tokens always stand side by side, since a decoder may mix a key with that of the
 * token before it. Before the next tokens are read all rows end together, and begin behind padding
 * of zeroes, which a mask hides.
 */
final class TokenCache implements CachedTokens {

  private final NDManager parent;
  private final DecoderConfig config;
  private final int[] begins;
  private final int[] lengths;
  private int columns;
  private NDManager owner;
  private List<NDArray> parts;

  /**
   * Gathers copies of rows from anywhere; what is not theirs is left behind.
   *
   * @param parent outlives this cache and frees it
   * @param blocks the decoder's blocks that keep keys and values
   */
  TokenCache(NDManager parent, DecoderConfig config, int blocks, List<CachedRow> rows) {
    this.parent = parent;
    this.config = config;
    lengths = rows.stream().mapToInt(CachedRow::length).toArray();
    columns = Arrays.stream(lengths).max().orElse(0);
    begins = Arrays.stream(lengths).map(length -> columns - length).toArray();
    owner = parent.newSubManager();
    parts = gather(owner, rows, 2 * blocks);
  }

  private List<NDArray> gather(NDManager manager, List<CachedRow> rows, int count) {
    int width = config.headWidth();
    List<NDArray> gathered = new ArrayList<>();
    for (int part = 0; part < count; part++) {
      FloatBuffer to = GraphSession.buffer((long) rows.size() * config.heads() * columns * width);
      IdentityHashMap<CachedTokens, FloatBuffer> sources = new IdentityHashMap<>();
      for (int i = 0; i < rows.size(); i++) {
        CachedTokens tokens = rows.get(i).tokens();
        FloatBuffer from = sources.get(tokens);
        if (from == null) {
          from = tokens.part(part);
          sources.put(tokens, from);
        }
        int row = rows.get(i).row();
        int length = tokens.length(row) * width;
        for (int head = 0; head < config.heads(); head++) {
          int first = (row * config.heads() + head) * tokens.columns() + tokens.begin(row);
          int end = (i * config.heads() + head + 1) * columns * width;
          to.put(end - length, from, first * width, length);
        }
      }
      String name = (part % 2 == 0 ? "past_key_" : "past_value_") + part / 2;
      gathered.add(
          GraphSession.tensor(manager, name, to, rows.size(), config.heads(), columns, width));
    }
    return gathered;
  }

  /** Returns the decoder's inputs, after all rows were made to end together. */
  List<NDArray> inputs() {
    if (IntStream.range(0, lengths.length).anyMatch(row -> begins[row] + lengths[row] < columns)) {
      int longest = Arrays.stream(lengths).max().orElse(0);
      List<CachedRow> all =
          IntStream.range(0, lengths.length).mapToObj(row -> new CachedRow(this, row)).toList();
      TokenCache aligned = new TokenCache(parent, config, parts.size() / 2, all);
      owner.close();
      owner = aligned.owner;
      parts = aligned.parts;
      columns = longest;
      System.arraycopy(aligned.begins, 0, begins, 0, begins.length);
    }
    return parts;
  }

  /**
   * Takes the decoder's outputs in place of what was there.
   *
   * @param manager owns them and nothing that lives longer
   * @param present all parts with the columns that were read now
   * @param read tokens that were read now, by row; what is beyond them is padding
   */
  void advance(NDManager manager, List<NDArray> present, int[] read) {
    present.forEach(array -> array.setName(array.getName().replace("present_", "past_")));
    owner.close();
    owner = manager;
    parts = present;
    columns += Arrays.stream(read).max().orElse(0);
    for (int row = 0; row < lengths.length; row++) {
      lengths[row] += read[row];
    }
  }

  /** Returns copies of all rows, which stay when this cache goes. */
  List<ReadTokens> rows() {
    int width = config.headWidth();
    float[][][] copies = new float[lengths.length][parts.size()][];
    for (int part = 0; part < parts.size(); part++) {
      FloatBuffer from = part(part);
      for (int row = 0; row < lengths.length; row++) {
        int length = lengths[row] * width;
        float[] copy = new float[config.heads() * length];
        for (int head = 0; head < config.heads(); head++) {
          int first = (row * config.heads() + head) * columns + begins[row];
          from.get(first * width, copy, head * length, length);
        }
        copies[row][part] = copy;
      }
    }
    return IntStream.range(0, lengths.length)
        .mapToObj(row -> new ReadTokens(copies[row], lengths[row]))
        .toList();
  }

  @Override
  public FloatBuffer part(int part) {
    return GraphSession.values(parts.get(part));
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public int begin(int row) {
    return begins[row];
  }

  @Override
  public int length(int row) {
    return lengths[row];
  }
}
