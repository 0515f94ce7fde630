package dev.flamingo.training.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.nn.Decoder;
import dev.flamingo.model.nn.KeysValues;
import dev.flamingo.model.nn.MediaVisibility;
import dev.flamingo.model.nn.TextInput;
import dev.flamingo.model.nn.VisualInput;
import dev.flamingo.model.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The language model's loss: the mean -log likelihood of the tokens that count (section 2.4). */
public final class NextToken {

  private static final float HIDDEN = -1e9f;

  private final NDManager manager;
  private final Decoder decoder;
  private final MediaVisibility sees;

  /** Prepares the loss of a decoder that sees the last medium, or none. */
  public NextToken(NDManager manager, Decoder decoder) {
    this(manager, decoder, MediaVisibility.LAST);
  }

  /**
   * Prepares the loss of a decoder.
   *
   * @param sees which media a token attends to, given the last that it may
   */
  public NextToken(NDManager manager, Decoder decoder, MediaVisibility sees) {
    this.manager = manager;
    this.decoder = decoder;
    this.sees = sees;
  }

  /**
   * Returns the loss of a batch.
   *
   * @param visual for every gated layer the keys and values of one row's media after another's
   *     {@code [rows * media, heads, latents, head width]}; null for text alone
   * @param media number of media in a row
   */
  public NDArray loss(TextBatch batch, @Nullable List<KeysValues> visual, int media) {
    TextInput text = text(batch);
    return loss(batch, decoder.apply(text, visual == null ? null : seen(batch, visual, media)));
  }

  /** Returns the loss of a batch that sees nothing. */
  public NDArray loss(TextBatch batch) {
    return loss(batch, null, 1);
  }

  /**
   * Returns the loss of a batch without media whose token embeddings get an addition.
   *
   * @param addition what is added to each token's embedding {@code [rows, length, width]}
   */
  public NDArray lossWithAddition(TextBatch batch, NDArray addition) {
    TextInput text = text(batch);
    Tensor added = new EagerTensor(addition.get(new NDIndex(":, :-1")));
    return loss(batch, decoder.apply(decoder.embed(text.tokens()).add(added), text, null));
  }

  private TextInput text(TextBatch batch) {
    // The last token predicts nothing.
    int length = batch.length() - 1;
    NDArray tokens = tokens(batch);
    return new TextInput(
        new EagerTensor(tokens.get(new NDIndex(":, :-1"))),
        new EagerTensor(positions(batch.rows(), length)),
        new EagerTensor(causal(length)),
        List.of());
  }

  private NDArray loss(TextBatch batch, Decoder.Output output) {
    NDArray logits = ((EagerTensor) decoder.logits(output.hidden())).array();
    NDArray weights = manager.create(batch.weights(), new Shape(batch.rows(), batch.length()));
    return CrossEntropy.of(
        logits.reshape(-1, logits.getShape().get(2)),
        tokens(batch).get(new NDIndex(":, 1:")).reshape(-1),
        weights.get(new NDIndex(":, 1:")).reshape(-1));
  }

  private NDArray tokens(TextBatch batch) {
    return manager.create(batch.tokens(), new Shape(batch.rows(), batch.length()));
  }

  private NDArray positions(int rows, int length) {
    long[] positions = new long[rows * length];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = i % length;
    }
    return manager.create(positions, new Shape(rows, length));
  }

  private VisualInput seen(TextBatch batch, List<KeysValues> visual, int media) {
    Tensor visibility = new EagerTensor(visibility(batch, media));
    if (media == 1) {
      return new VisualInput(visual, visibility);
    }
    return sees == MediaVisibility.LAST
        ? new VisualInput(visual, visibility, new ChunkSorter(manager).sort(batch, media))
        : new VisualInput(visual.stream().map(all -> joined(all, media)).toList(), visibility);
  }

  private static KeysValues joined(KeysValues all, int media) {
    return new KeysValues(joined(all.keys(), media), joined(all.values(), media));
  }

  // [rows * media, heads, latents, width] to [rows, heads, media * latents, width].
  private static Tensor joined(Tensor all, int media) {
    Shape shape = ((EagerTensor) all).array().getShape();
    return all.reshape(-1, media, shape.get(1), shape.get(2), shape.get(3))
        .transpose(0, 2, 1, 3, 4)
        .reshape(0, 0, -1, shape.get(3));
  }

  private NDArray visibility(TextBatch batch, int media) {
    int length = batch.length() - 1;
    float[] visibility = new float[batch.rows() * length * media];
    for (int row = 0; row < batch.rows(); row++) {
      for (int i = 0; i < length; i++) {
        int last = batch.medium()[row * batch.length() + i];
        for (int medium = 0; medium < media; medium++) {
          visibility[(row * length + i) * media + medium] = sees.sees(medium, last + 1) ? 1 : 0;
        }
      }
    }
    return manager.create(visibility, new Shape(batch.rows(), length, media));
  }

  private NDArray causal(int length) {
    float[] mask = new float[length * length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % length > i / length ? HIDDEN : 0;
    }
    return manager.create(mask, new Shape(1, 1, length, length));
  }
}
