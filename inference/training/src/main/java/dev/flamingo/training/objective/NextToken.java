package dev.flamingo.training.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.nn.Decoder;
import dev.flamingo.model.nn.KeysValues;
import dev.flamingo.model.nn.TextInput;
import dev.flamingo.model.nn.VisualInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The language model's loss: the mean -log likelihood of the tokens that count (section 2.4). */
public final class NextToken {

  private static final float HIDDEN = -1e9f;

  private final NDManager manager;
  private final Decoder decoder;

  /** Prepares the loss of a decoder, with or without gated layers in use. */
  public NextToken(NDManager manager, Decoder decoder) {
    this.manager = manager;
    this.decoder = decoder;
  }

  /**
   * Returns the loss of a batch.
   *
   * @param visual for every gated layer the keys and values of one medium for each row, which all
   *     its tokens see; null for text alone
   */
  public NDArray loss(TextBatch batch, @Nullable List<KeysValues> visual) {
    int rows = batch.rows();
    // The last token predicts nothing.
    int length = batch.length() - 1;
    NDArray tokens = manager.create(batch.tokens(), new Shape(rows, batch.length()));
    TextInput text =
        new TextInput(
            new EagerTensor(tokens.get(new NDIndex(":, :-1"))),
            new EagerTensor(positions(rows, length)),
            new EagerTensor(causal(length)),
            List.of());
    @Nullable VisualInput seen =
        visual == null ? null : new VisualInput(visual, new EagerTensor(visibility(rows, length)));
    Decoder.Output output = decoder.apply(text, seen);
    NDArray logits = ((EagerTensor) decoder.logits(output.hidden())).array();
    NDArray weights = manager.create(batch.weights(), new Shape(rows, batch.length()));
    return CrossEntropy.of(
        logits.reshape(-1, logits.getShape().get(2)),
        tokens.get(new NDIndex(":, 1:")).reshape(-1),
        weights.get(new NDIndex(":, 1:")).reshape(-1));
  }

  private NDArray positions(int rows, int length) {
    long[] positions = new long[rows * length];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = i % length;
    }
    return manager.create(positions, new Shape(rows, length));
  }

  // The beginning of the sequence stands before the medium and sees nothing.
  private NDArray visibility(int rows, int length) {
    float[] visibility = new float[rows * length];
    for (int i = 0; i < visibility.length; i++) {
      visibility[i] = i % length == 0 ? 0 : 1;
    }
    return manager.create(visibility, new Shape(rows, length, 1));
  }

  private NDArray causal(int length) {
    float[] mask = new float[length * length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % length > i / length ? HIDDEN : 0;
    }
    return manager.create(mask, new Shape(1, 1, length, length));
  }
}
