package dev.flamingo.model.serving;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.flamingo.model.nn.DecoderConfig;
import dev.flamingo.model.nn.MediaVisibility;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prompts that go through the decoder together: first all their tokens at once, then one token a
 * row and step.
 *
 * <p>A row's own tokens always stand side by side in the cache, since a decoder may mix a key with
 * that of the token before it. What is read at once is padded behind its last token; before the
 * next step the cache is shifted, so that rows end together and begin behind padding of zeroes,
 * which the mask hides. Positions count a row's own tokens.
 */
final class DecodingBatch implements AutoCloseable {

  private static final float HIDDEN = -1e9f;

  private final LanguageModel model;
  private final DecoderConfig config;
  private final MediaVisibility sees;
  private final NDManager manager;
  private final List<MediaPrompt> rows;

  /** Tokens of every row in the cache. */
  private final int[] lengths;

  /** Tokens in the cache with the padding before a row's first. */
  private int columns;

  private int media;
  private NDManager visualManager;
  private List<NDArray> visual;
  private NDManager stepManager;
  private List<NDArray> past;

  private DecodingBatch(LanguageModel model, List<MediaPrompt> rows, int[] lengths, int columns) {
    this.model = model;
    config = model.config();
    sees = model.architecture().crossAttention().sees();
    this.rows = rows;
    this.lengths = lengths;
    this.columns = columns;
    manager = model.session().newManager();
    visualManager = manager.newSubManager();
    visual = List.of();
    stepManager = manager.newSubManager();
    past = List.of();
  }

  /**
   * Begins with prompts of which nothing is read yet.
   *
   * @throws IllegalArgumentException if visual tokens are of another model
   */
  static DecodingBatch of(LanguageModel model, List<MediaPrompt> prompts) {
    DecodingBatch batch =
        new DecodingBatch(model, prompts, new int[prompts.size()], /* columns= */ 0);
    try {
      batch.look(prompts.stream().map(MediaPrompt::media).toList());
      batch.past = batch.noPast(batch.stepManager);
      return batch;
    } catch (RuntimeException e) {
      batch.close();
      throw e;
    }
  }

  /**
   * Returns a batch that goes on from rows of this one, each as often as it is named: the cache is
   * copied and not computed again. This one stays as it is.
   */
  DecodingBatch fork(int[] chosen) {
    List<MediaPrompt> prompts = Arrays.stream(chosen).mapToObj(rows::get).toList();
    int[] kept = Arrays.stream(chosen).map(row -> lengths[row]).toArray();
    DecodingBatch batch = new DecodingBatch(model, prompts, kept, columns);
    try {
      batch.lookFurther();
      batch.past = moved(batch.stepManager, chosen, new int[chosen.length]);
      return batch;
    } catch (RuntimeException e) {
      batch.close();
      throw e;
    }
  }

  /** Reads all prompts and returns the scores after each {@code [rows, vocabulary]}. */
  FloatBuffer prefill() {
    long[][] tokens = rows.stream().map(row -> row.prompt().tokens()).toArray(long[][]::new);
    int longest = longest(tokens);
    float[] visibility = new float[tokens.length * longest * media];
    float[] pick = new float[tokens.length * longest];
    for (int row = 0; row < tokens.length; row++) {
      int[] medium = rows.get(row).prompt().medium();
      pick[row * longest + medium.length - 1] = 1;
      for (int i = 0; i < medium.length; i++) {
        for (int shown = 0; shown <= medium[i]; shown++) {
          boolean seen = sees.sees(shown, medium[i] + 1);
          visibility[(row * longest + i) * media + shown] = seen ? 1 : 0;
        }
      }
    }
    FloatBuffer scores = read(tokens, visibility, pick, 1);
    if (Arrays.stream(lengths).anyMatch(length -> length < columns)) {
      align();
    }
    return scores;
  }

  /**
   * Reads one more token a row and returns the scores after it {@code [rows, vocabulary]}.
   *
   * @param tokens the last token of every row
   */
  FloatBuffer step(long[] tokens) {
    lookFurther();
    long[][] one =
        Arrays.stream(tokens).mapToObj(token -> new long[] {token}).toArray(long[][]::new);
    float[] pick = new float[one.length];
    Arrays.fill(pick, 1);
    return read(one, furtherVisibility(one), pick, 1);
  }

  /**
   * Reads what follows in every row and returns the scores after each token {@code [rows, longest,
   * vocabulary]}. It ends this batch: rows of different lengths no longer end together.
   *
   * @param tokens one or more of every row
   */
  FloatBuffer finish(long[][] tokens) {
    lookFurther();
    int longest = longest(tokens);
    float[] pick = new float[tokens.length * longest * longest];
    for (int i = 0; i < tokens.length * longest; i++) {
      pick[i * longest + i % longest] = 1;
    }
    return read(tokens, furtherVisibility(tokens), pick, longest);
  }

  private float[] furtherVisibility(long[][] tokens) {
    int longest = longest(tokens);
    float[] visibility = new float[tokens.length * longest * media];
    for (int row = 0; row < tokens.length; row++) {
      int seen = sees == MediaVisibility.LAST ? 1 : rows.get(row).media().size();
      int shown = Math.min(seen, rows.get(row).media().size());
      for (int i = 0; i < tokens[row].length; i++) {
        int at = (row * longest + i) * media;
        Arrays.fill(visibility, at, at + shown, 1);
      }
    }
    return visibility;
  }

  private static int longest(long[][] tokens) {
    return Arrays.stream(tokens).mapToInt(row -> row.length).max().orElse(1);
  }

  /** Shows what the tokens that follow a prompt see: its last medium, or all. */
  private void lookFurther() {
    if (sees == MediaVisibility.ALL_PREVIOUS) {
      if (visual.isEmpty()) {
        look(rows.stream().map(MediaPrompt::media).toList());
      }
    } else if (media != 1) {
      look(
          rows.stream()
              .map(MediaPrompt::media)
              .map(all -> all.subList(Math.max(0, all.size() - 1), all.size()))
              .toList());
    }
  }

  private void look(List<List<VisualTokens>> shown) {
    // At least one: a blind row shows a medium of zeroes that no token may see.
    int most = Math.max(1, shown.stream().mapToInt(List::size).max().orElse(1));
    NDManager next = manager.newSubManager();
    visual = model.windows().inputs(next, shown, most);
    media = most;
    visualManager.close();
    visualManager = next;
  }

  private FloatBuffer read(long[][] read, float[] visibility, float[] pick, int picks) {
    int longest = longest(read);
    int total = columns + longest;
    long[] tokens = new long[read.length * longest];
    long[] positions = new long[read.length * longest];
    float[] mask = new float[read.length * longest * total];
    for (int row = 0; row < read.length; row++) {
      System.arraycopy(read[row], 0, tokens, row * longest, read[row].length);
      for (int i = 0; i < longest; i++) {
        int at = row * longest + i;
        // Only padding, and rows that have ended, can come to stand beyond the context.
        positions[at] = Math.min(lengths[row] + i, config.context() - 1);
        Arrays.fill(mask, at * total, at * total + columns - lengths[row], HIDDEN);
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
    remember(next, new ArrayList<>(outputs.subList(1, outputs.size())));
    columns = total;
    for (int row = 0; row < read.length; row++) {
      lengths[row] += read[row].length;
      model.counters().addRead(read[row].length);
    }
    return logits;
  }

  private void remember(NDManager next, List<NDArray> present) {
    past = present;
    for (NDArray array : past) {
      array.setName(array.getName().replace("present_", "past_"));
    }
    stepManager.close();
    stepManager = next;
  }

  /** Shifts every row to the end of the cache. */
  private void align() {
    int[] all = new int[lengths.length];
    int[] shift = new int[lengths.length];
    for (int row = 0; row < all.length; row++) {
      all[row] = row;
      shift[row] = columns - lengths[row];
    }
    NDManager next = manager.newSubManager();
    remember(next, moved(next, all, shift));
  }

  private List<NDArray> moved(NDManager owner, int[] chosen, int[] shift) {
    int width = config.headWidth();
    int block = columns * width;
    List<NDArray> moved = new ArrayList<>();
    for (NDArray array : past) {
      FloatBuffer from = GraphSession.values(array);
      float[] to = new float[chosen.length * config.heads() * block];
      for (int i = 0; i < chosen.length; i++) {
        int gap = shift[i] * width;
        for (int head = 0; head < config.heads(); head++) {
          int source = (chosen[i] * config.heads() + head) * block;
          int target = (i * config.heads() + head) * block + gap;
          from.get(source, to, target, block - gap);
        }
      }
      moved.add(
          GraphSession.tensor(
              owner, array.getName(), to, chosen.length, config.heads(), columns, width));
    }
    return moved;
  }

  private List<NDArray> noPast(NDManager owner) {
    List<NDArray> empty = new ArrayList<>();
    for (int i = 0; i < model.architecture().cachedBlocks(); i++) {
      for (String name : new String[] {"past_key_" + i, "past_value_" + i}) {
        empty.add(
            GraphSession.tensor(
                owner, name, new float[0], rows.size(), config.heads(), 0, config.headWidth()));
      }
    }
    return empty;
  }

  @Override
  public void close() {
    manager.close();
  }
}
