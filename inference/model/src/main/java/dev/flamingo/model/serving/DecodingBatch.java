package dev.flamingo.model.serving;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.flamingo.model.nn.DecoderConfig;
import dev.flamingo.model.nn.MediaVisibility;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Prompts that go through the decoder together: first all their tokens at once, then one token a
 * row and step. Positions count a row's own tokens, so that it does not matter to a row what others
 * there are.
 */
final class DecodingBatch implements AutoCloseable {

  private static final float HIDDEN = -1e9f;

  /**
   * A prompt with what can still be seen of its media.
   *
   * @param first the first medium that the tokens see which are not read yet
   * @param media the keys and values from that one on
   */
  private record Row(Prompt prompt, int first, List<KeysValues> media) {}

  private final LanguageModel model;
  private final DecoderConfig config;
  private final MediaVisibility sees;
  private final NDManager manager;
  private final List<Row> rows;
  private final TokenCache cache;

  /** Whether prompts are read, and what is shown is what the tokens that follow see. */
  private boolean further;

  private List<List<KeysValues>> shown = List.of();
  private int media;
  private NDManager visualManager;
  private List<NDArray> visual = List.of();

  private DecodingBatch(LanguageModel model, List<Row> rows, List<CachedRow> cached) {
    this.model = model;
    config = model.config();
    sees = model.architecture().crossAttention().sees();
    this.rows = rows;
    manager = model.session().newManager();
    visualManager = manager.newSubManager();
    try {
      cache = new TokenCache(manager, config, model.architecture().cachedBlocks(), cached);
    } catch (RuntimeException | Error e) {
      manager.close();
      throw e;
    }
  }

  /**
   * Begins with prompts, of which examples that others have shown may have been read.
   *
   * @throws IllegalArgumentException if visual tokens are of another model
   */
  static DecodingBatch of(LanguageModel model, List<MediaPrompt> prompts) {
    // Before anything is read together, so that nobody fails for the sake of others.
    prompts.forEach(prompt -> model.windows().check(prompt.media()));
    return behind(model.prefixes().of(model, prompts), model, prompts);
  }

  /** Begins with prompts of which nothing is read yet. */
  static DecodingBatch unread(LanguageModel model, List<MediaPrompt> prompts) {
    return behind(
        Collections.nCopies(prompts.size(), new CachedRow(ReadTokens.NONE, 0)), model, prompts);
  }

  private static DecodingBatch behind(
      List<CachedRow> read, LanguageModel model, List<MediaPrompt> prompts) {
    boolean last = model.architecture().crossAttention().sees() == MediaVisibility.LAST;
    int[] first = new int[prompts.size()];
    List<List<VisualTokens>> visible = new ArrayList<>();
    for (int row = 0; row < first.length; row++) {
      int[] medium = prompts.get(row).prompt().medium();
      first[row] = last ? Math.max(0, medium[read.get(row).length()]) : 0;
      List<VisualTokens> media = prompts.get(row).media();
      visible.add(media.subList(first[row], media.size()));
    }
    List<List<KeysValues>> media = model.windows().of(visible);
    List<Row> rows =
        IntStream.range(0, first.length)
            .mapToObj(row -> new Row(prompts.get(row).prompt(), first[row], media.get(row)))
            .toList();
    return new DecodingBatch(model, rows, read);
  }

  /**
   * Returns a batch that goes on from rows of this one, each as often as it is named: the cache is
   * copied and not computed again. This one stays as it is.
   */
  DecodingBatch fork(int[] chosen) {
    List<Row> prompts = new ArrayList<>();
    List<CachedRow> cached = new ArrayList<>();
    add(chosen, prompts, cached);
    return new DecodingBatch(model, prompts, cached);
  }

  /** Returns a batch that goes on from rows of this one and then rows of another; both stay. */
  DecodingBatch join(int[] chosen, DecodingBatch other, int[] others) {
    List<Row> prompts = new ArrayList<>();
    List<CachedRow> cached = new ArrayList<>();
    add(chosen, prompts, cached);
    other.add(others, prompts, cached);
    return new DecodingBatch(model, prompts, cached);
  }

  private void add(int[] chosen, List<Row> prompts, List<CachedRow> cached) {
    for (int row : chosen) {
      prompts.add(rows.get(row));
      cached.add(new CachedRow(cache, row));
    }
  }

  /** Reads the rest of all prompts and returns the scores after each {@code [rows, vocabulary]}. */
  FloatBuffer prefill() {
    long[][] tokens = new long[rows.size()][];
    for (int row = 0; row < tokens.length; row++) {
      Prompt prompt = rows.get(row).prompt();
      tokens[row] = Arrays.copyOfRange(prompt.tokens(), cache.length(row), prompt.length());
    }
    show(rows.stream().map(Row::media).toList());
    int longest = longest(tokens);
    float[] visibility = new float[tokens.length * longest * media];
    float[] pick = new float[tokens.length * longest];
    for (int row = 0; row < tokens.length; row++) {
      pick[row * longest + tokens[row].length - 1] = 1;
      int[] medium = rows.get(row).prompt().medium();
      int first = rows.get(row).first();
      for (int i = 0; i < tokens[row].length; i++) {
        int last = medium[cache.length(row) + i];
        for (int seen = first; seen <= last; seen++) {
          int at = (row * longest + i) * media + seen - first;
          visibility[at] = sees.sees(seen, last + 1) ? 1 : 0;
        }
      }
    }
    return read(tokens, visibility, pick, 1);
  }

  /**
   * Reads one more token a row and returns the scores after it {@code [rows, vocabulary]}.
   *
   * @param tokens the last token of every row
   */
  FloatBuffer step(long[] tokens) {
    long[][] one =
        Arrays.stream(tokens).mapToObj(token -> new long[] {token}).toArray(long[][]::new);
    float[] pick = new float[one.length];
    Arrays.fill(pick, 1);
    return read(one, furtherVisibility(one), pick, 1);
  }

  /**
   * Reads what follows in every row and returns the scores after each token {@code [rows, longest,
   * vocabulary]}.
   *
   * @param tokens one or more of every row
   */
  FloatBuffer finish(long[][] tokens) {
    int longest = longest(tokens);
    float[] pick = new float[tokens.length * longest * longest];
    for (int i = 0; i < tokens.length * longest; i++) {
      pick[i * longest + i % longest] = 1;
    }
    return read(tokens, furtherVisibility(tokens), pick, longest);
  }

  /** Returns copies of what every row has read, which stay when this batch is closed. */
  List<ReadTokens> readTokens() {
    return cache.rows();
  }

  /** Shows what the tokens that follow a prompt see: its last medium, or all. */
  private float[] furtherVisibility(long[][] tokens) {
    if (!further) {
      show(
          rows.stream()
              .map(Row::media)
              .map(
                  all ->
                      sees == MediaVisibility.LAST
                          ? all.subList(Math.max(0, all.size() - 1), all.size())
                          : all)
              .toList());
      further = true;
    }
    int longest = longest(tokens);
    float[] visibility = new float[tokens.length * longest * media];
    for (int row = 0; row < tokens.length; row++) {
      for (int i = 0; i < tokens[row].length; i++) {
        int at = (row * longest + i) * media;
        Arrays.fill(visibility, at, at + shown.get(row).size(), 1);
      }
    }
    return visibility;
  }

  private static int longest(long[][] tokens) {
    return Arrays.stream(tokens).mapToInt(row -> row.length).max().orElse(1);
  }

  private void show(List<List<KeysValues>> next) {
    if (visual.isEmpty() || !sizes(next).equals(sizes(shown))) {
      // At least one: a blind row shows a medium of zeroes that no token may see.
      media = Math.max(1, next.stream().mapToInt(List::size).max().orElse(1));
      visualManager.close();
      visualManager = manager.newSubManager();
      visual = model.windows().inputs(visualManager, next, media);
      shown = next;
    }
  }

  /** What a row shows ends with its last medium always, so its size tells what it is. */
  private static List<Integer> sizes(List<List<KeysValues>> shown) {
    return shown.stream().map(List::size).toList();
  }

  private FloatBuffer read(long[][] read, float[] visibility, float[] pick, int picks) {
    List<NDArray> past = cache.inputs();
    int longest = longest(read);
    int columns = cache.columns();
    int total = columns + longest;
    long[] tokens = new long[read.length * longest];
    long[] positions = new long[read.length * longest];
    float[] mask = new float[read.length * longest * total];
    for (int row = 0; row < read.length; row++) {
      System.arraycopy(read[row], 0, tokens, row * longest, read[row].length);
      for (int i = 0; i < longest; i++) {
        int at = row * longest + i;
        // Only padding, and rows that have ended, can come to stand beyond the context.
        positions[at] = Math.min(cache.length(row) + i, config.context() - 1);
        Arrays.fill(mask, at * total, at * total + cache.begin(row), HIDDEN);
        Arrays.fill(mask, at * total + columns + i + 1, (at + 1) * total, HIDDEN);
      }
    }
    NDManager next = manager.newSubManager();
    // The outputs belong to the first input's manager, so this one must be of this step alone.
    NDList inputs =
        new NDList(
            GraphSession.tensor(next, "tokens", tokens, read.length, longest),
            GraphSession.tensor(next, "positions", positions, read.length, longest),
            GraphSession.tensor(next, "mask", mask, read.length, 1, longest, total),
            GraphSession.tensor(next, "visibility", visibility, read.length, longest, media),
            GraphSession.tensor(next, "pick", pick, read.length, picks, longest));
    inputs.addAll(past);
    inputs.addAll(visual);
    NDList outputs = model.session().run(inputs);
    FloatBuffer logits = GraphSession.values(outputs.head());
    int[] lengths = IntStream.range(0, read.length).map(row -> read[row].length).toArray();
    cache.advance(next, new ArrayList<>(outputs.subList(1, outputs.size())), lengths);
    model.counters().addRead(Arrays.stream(lengths).sum());
    return logits;
  }

  @Override
  public void close() {
    manager.close();
  }
}
