package dev.flamingo.training.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.eager.Scalar;
import dev.flamingo.model.nn.Decoder;
import dev.flamingo.model.nn.DecoderConfig;
import dev.flamingo.model.nn.TextInput;
import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Contrastive pretraining of the vision encoder (appendix B.1.3): pictures and captions meet in a
 * joint space as means of their features and tokens; two softmax cross-entropies over the batch,
 * with a learnt temperature. Equal captions in a batch are not taken for negatives of each other.
 */
public final class Contrastive {

  /** The longest caption in tokens. */
  public static final int CONTEXT = 96;

  private static final double SMOOTHING = 0.1;
  private static final double INVERSE_TEMPERATURE = 1 / 0.07;
  private static final float HIDDEN = -1e4f;
  private static final double STEEPEST = 100;

  private final NDManager manager;
  private final Decoder text;
  private final Tensor imageProjection;
  private final Tensor textProjection;
  private final Tensor logScale;

  /**
   * Builds the text tower and the projections, which are thrown away after training.
   *
   * @param features channels of the vision encoder
   * @param vocabulary number of tokens
   * @param width of the text tower and of the joint space
   */
  public Contrastive(
      NDManager manager, int features, int vocabulary, int width, Parameters parameters) {
    this.manager = manager;
    DecoderConfig tower =
        new DecoderConfig(vocabulary, width, 2, width / 32, 2 * width, CONTEXT, false);
    text = new Decoder(tower, parameters.in("text"), null);
    imageProjection = parameters.get("image_projection", Init.linear(features), features, width);
    textProjection = parameters.get("text_projection", Init.linear(width), width, width);
    logScale = parameters.get("log_scale", Init.constant(Math.log(INVERSE_TEMPERATURE)), 1);
  }

  /**
   * Returns the loss of a batch.
   *
   * @param patches the encoder's features {@code [pictures, patches, channels]}
   * @param captions one for each picture
   */
  public NDArray loss(Tensor patches, TextBatch captions) {
    NDArray images = normalized(patches.mean(1).reshape(0, -1).matmul(imageProjection));
    NDArray texts = normalized(embed(captions));
    NDArray scale = ((EagerTensor) logScale).array().exp();
    NDArray bounded = scale.minimum(Scalar.of(scale, STEEPEST));
    NDArray similarity = images.matMul(texts.transpose()).mul(bounded).add(duplicates(captions));
    return CrossEntropy.diagonal(similarity, SMOOTHING)
        .add(CrossEntropy.diagonal(similarity.transpose(), SMOOTHING));
  }

  private Tensor embed(TextBatch captions) {
    int rows = captions.rows();
    int length = captions.length();
    long[] positions = new long[rows * length];
    float[] mask = new float[rows * length];
    float[] share = new float[rows * length];
    for (int row = 0; row < rows; row++) {
      int words = words(captions, row);
      for (int i = 0; i < length; i++) {
        positions[row * length + i] = i;
        mask[row * length + i] = i < words ? 0 : HIDDEN;
        share[row * length + i] = i < words ? 1f / words : 0;
      }
    }
    TextInput input =
        new TextInput(
            new EagerTensor(manager.create(captions.tokens(), new Shape(rows, length))),
            new EagerTensor(manager.create(positions, new Shape(rows, length))),
            new EagerTensor(manager.create(mask, new Shape(rows, 1, 1, length))),
            List.of());
    Tensor hidden = text.apply(input, null).hidden();
    Tensor mean = new EagerTensor(manager.create(share, new Shape(rows, 1, length))).matmul(hidden);
    return mean.reshape(0, -1).matmul(textProjection);
  }

  private static int words(TextBatch captions, int row) {
    int words = captions.length();
    while (words > 1 && captions.weights()[row * captions.length() + words - 1] == 0) {
      words--;
    }
    return words;
  }

  private NDArray duplicates(TextBatch captions) {
    int rows = captions.rows();
    int length = captions.length();
    float[] hidden = new float[rows * rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        boolean equal =
            Arrays.equals(
                captions.tokens(),
                i * length,
                (i + 1) * length,
                captions.tokens(),
                j * length,
                (j + 1) * length);
        hidden[i * rows + j] = i != j && equal ? HIDDEN : 0;
      }
    }
    return manager.create(hidden, new Shape(rows, rows));
  }

  private static NDArray normalized(Tensor tensor) {
    NDArray array = ((EagerTensor) tensor).array();
    NDArray squares = array.mul(array).sum(new int[] {1}, true);
    return array.div(squares.add(Scalar.of(array, 1e-8)).sqrt());
  }
}
