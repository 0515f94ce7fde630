package dev.flamingo.training.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.nn.CrossAttentionConfig;
import dev.flamingo.model.nn.GatedCrossAttention;
import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * A loss that teaches a resampler to say things so that a language model can ask for them: each
 * attribute is a query that attends to the visual tokens through a layer as the gated ones are, and
 * a linear classifier on what it sees. Classifiers on all tokens at once learn sooner, but spread
 * what they read over all tokens, where attention does not find it. Attributes with the same
 * answers share their classifier as questions share the words of a language: red is to look red,
 * whatever is. The heads are thrown away after training.
 */
public final class AskingHeads {

  private static final float IMPOSSIBLE = -1e9f;

  private final NDManager manager;
  private final List<AttributeHeads.Attribute> attributes;
  private final int latents;
  private final int classes;
  private final GatedCrossAttention layer;
  private final Tensor queries;
  private final Tensor answers;
  private final Tensor weight;
  private final Tensor bias;

  /**
   * Builds the heads.
   *
   * @param config the layers that will read the tokens
   * @param latents visual tokens of one example
   */
  public AskingHeads(
      NDManager manager,
      CrossAttentionConfig config,
      int latents,
      List<AttributeHeads.Attribute> attributes,
      Parameters parameters) {
    this.manager = manager;
    this.attributes = List.copyOf(attributes);
    this.latents = latents;
    classes = attributes.stream().mapToInt(AttributeHeads.Attribute::classes).max().orElseThrow();
    int width = config.visual();
    int count = attributes.size();
    layer = new GatedCrossAttention(config.gated(false), width, parameters.in("layer"));
    queries = parameters.get("queries", Init.normal(1), count, width);
    List<String> kinds = attributes.stream().map(AttributeHeads.Attribute::answers).toList();
    List<String> distinct = kinds.stream().distinct().toList();
    answers =
        new EagerTensor(manager.create(kinds.stream().mapToLong(distinct::indexOf).toArray()));
    weight = parameters.get("weight", Init.linear(width), distinct.size(), width, classes);
    bias = parameters.get("bias", Init.ZEROS, distinct.size(), classes);
  }

  /**
   * Returns the loss of a batch: the mean over the examples and, by their weights, over the
   * attributes.
   *
   * @param visual {@code [examples, latents, width]}
   * @param truth the right class of every attribute {@code [examples, attributes]}
   */
  public NDArray loss(Tensor visual, long[] truth) {
    int count = attributes.size();
    int examples = truth.length / count;
    Tensor asked = queries.repeatForBatchOf(visual);
    Tensor open = new EagerTensor(manager.ones(new Shape(examples, count, 1)));
    Tensor seen = layer.apply(asked, layer.keysValues(visual), open, latents);
    Tensor logits =
        seen.transpose(1, 0, 2)
            .matmul(weight.reshape(0, -1).rows(answers).reshape(count, -1, classes))
            .add(bias.rows(answers).reshape(count, 1, classes))
            .add(new EagerTensor(impossible()))
            .reshape(-1, classes);
    long[] targets = new long[truth.length];
    float[] shares = new float[truth.length];
    for (int attribute = 0; attribute < count; attribute++) {
      int from = attribute * examples;
      for (int example = 0; example < examples; example++) {
        targets[from + example] = truth[example * count + attribute];
      }
      Arrays.fill(shares, from, from + examples, (float) attributes.get(attribute).weight());
    }
    return CrossEntropy.of(
        ((EagerTensor) logits).array(), manager.create(targets), manager.create(shares));
  }

  private NDArray impossible() {
    float[] mask = new float[attributes.size() * classes];
    for (int i = 0; i < attributes.size(); i++) {
      Arrays.fill(mask, i * classes + attributes.get(i).classes(), (i + 1) * classes, IMPOSSIBLE);
    }
    return manager.create(mask, new Shape(attributes.size(), 1, classes));
  }
}
