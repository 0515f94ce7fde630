package dev.flamingo.model.serving;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.flamingo.model.nn.DecoderConfig;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prompts that go through the decoder together: first all their tokens at once, padded on the right
 * to the longest, then one token a row and step. Padding stays in the cache and is hidden by the
 * mask; positions count a row's own tokens.
 */
final class DecodingBatch implements AutoCloseable {

  private static final float HIDDEN = -1e9f;

  private final GraphSession session;
  private final DecoderConfig config;
  private final List<Prompt> prompts;
  private final int longest;
  private final int media;
  private final NDManager manager;
  private final List<NDArray> visual;
  private NDManager stepManager;
  private List<NDArray> past;
  private int steps;

  DecodingBatch(
      GraphSession session,
      DecoderConfig config,
      WindowKeysValues windows,
      List<Prompt> prompts,
      List<List<VisualTokens>> shown) {
    this.session = session;
    this.config = config;
    this.prompts = prompts;
    longest = prompts.stream().mapToInt(Prompt::length).max().orElse(1);
    // At least one: a blind row shows a medium of zeroes that no token may see.
    media = Math.max(1, prompts.stream().mapToInt(Prompt::media).max().orElse(1));
    manager = session.newManager();
    try {
      visual = windows.inputs(manager, shown, media);
      stepManager = manager.newSubManager();
      past = noPast(stepManager);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** Reads all prompts and returns the scores after each {@code [rows, vocabulary]}. */
  FloatBuffer prefill() {
    int rows = prompts.size();
    long[] tokens = new long[rows * longest];
    long[] positions = new long[rows * longest];
    float[] mask = new float[rows * longest * longest];
    float[] visibility = new float[rows * longest * media];
    float[] pick = new float[rows * longest];
    for (int row = 0; row < rows; row++) {
      Prompt prompt = prompts.get(row);
      System.arraycopy(prompt.tokens(), 0, tokens, row * longest, prompt.length());
      pick[row * longest + prompt.length() - 1] = 1;
      for (int i = 0; i < longest; i++) {
        int at = row * longest + i;
        positions[at] = i;
        Arrays.fill(mask, at * longest + i + 1, (at + 1) * longest, HIDDEN);
        if (i < prompt.length() && prompt.medium()[i] >= 0) {
          visibility[at * media + prompt.medium()[i]] = 1;
        }
      }
    }
    return run(tokens, positions, mask, visibility, pick, longest);
  }

  /**
   * Reads one more token a row and returns the scores after it {@code [rows, vocabulary]}.
   *
   * @param tokens the last token of every row
   * @param positions its place in the row's own sequence
   */
  FloatBuffer step(long[] tokens, long[] positions) {
    steps++;
    int rows = prompts.size();
    int total = longest + steps;
    float[] mask = new float[rows * total];
    float[] visibility = new float[rows * media];
    float[] pick = new float[rows];
    Arrays.fill(pick, 1);
    for (int row = 0; row < rows; row++) {
      Prompt prompt = prompts.get(row);
      Arrays.fill(mask, row * total + prompt.length(), row * total + longest, HIDDEN);
      if (prompt.media() > 0) {
        visibility[row * media + prompt.media() - 1] = 1;
      }
    }
    return run(tokens, positions, mask, visibility, pick, 1);
  }

  private FloatBuffer run(
      long[] tokens, long[] positions, float[] mask, float[] visibility, float[] pick, int length) {
    int rows = prompts.size();
    NDManager next = manager.newSubManager();
    // The outputs belong to the first input's manager, so this one must be of this step alone.
    NDList inputs =
        new NDList(
            GraphSession.tensor(next, "tokens", tokens, rows, length),
            GraphSession.tensor(next, "positions", positions, rows, length),
            GraphSession.tensor(next, "mask", mask, rows, 1, length, (long) longest + steps),
            GraphSession.tensor(next, "visibility", visibility, rows, length, media),
            GraphSession.tensor(next, "pick", pick, rows, 1, length));
    inputs.addAll(past);
    inputs.addAll(visual);
    NDList outputs = session.run(inputs);
    FloatBuffer logits = GraphSession.values(outputs.head());
    past = new ArrayList<>(outputs.subList(1, outputs.size()));
    for (NDArray present : past) {
      present.setName(present.getName().replace("present_", "past_"));
    }
    stepManager.close();
    stepManager = next;
    return logits;
  }

  private List<NDArray> noPast(NDManager owner) {
    List<NDArray> empty = new ArrayList<>();
    for (int i = 0; i < config.layers(); i++) {
      for (String name : new String[] {"past_key_" + i, "past_value_" + i}) {
        empty.add(
            GraphSession.tensor(
                owner, name, new float[0], prompts.size(), config.heads(), 0, config.headWidth()));
      }
    }
    return empty;
  }

  @Override
  public void close() {
    manager.close();
  }
}
