package dev.flamingo.training.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.eager.Scalar;
import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import java.util.List;

/**
 * A loss that teaches what comes before it to tell things apart: one linear classifier per
 * attribute on all features of an example. The heads are thrown away after training. What a
 * language model will ask is taught by {@link AskingHeads}.
 */
public final class AttributeHeads {

  private final NDManager manager;
  private final List<Attribute> attributes;
  private final int outputs;
  private final Tensor weight;
  private final Tensor bias;

  /**
   * One thing to tell.
   *
   * @param answers names what it is answered with: attributes with the same answers share them in
   *     {@link AskingHeads}
   * @param classes number of possible answers
   * @param weight its share of the loss
   */
  public record Attribute(String name, String answers, int classes, double weight) {}

  /**
   * Builds the heads.
   *
   * @param inputs features of one example, all its tokens together
   */
  public AttributeHeads(
      NDManager manager, int inputs, List<Attribute> attributes, Parameters parameters) {
    this.manager = manager;
    this.attributes = List.copyOf(attributes);
    outputs = attributes.stream().mapToInt(Attribute::classes).sum();
    weight = parameters.get("weight", Init.linear(inputs), inputs, outputs);
    bias = parameters.get("bias", Init.ZEROS, outputs);
  }

  /**
   * Returns the loss of a batch.
   *
   * @param features {@code [examples, tokens, width]}
   * @param truth the right class of every attribute {@code [examples, attributes]}
   */
  public NDArray loss(Tensor features, long[] truth) {
    NDArray logits = array(features.reshape(0, -1).matmul(weight).add(bias));
    long examples = logits.getShape().get(0);
    NDArray targets = manager.create(truth, new Shape(examples, attributes.size()));
    NDArray ones = manager.ones(new Shape(examples));
    NDArray total = manager.create(0f);
    int from = 0;
    for (int i = 0; i < attributes.size(); i++) {
      Attribute attribute = attributes.get(i);
      NDArray slice = logits.get(new NDIndex(":, " + from + ":" + (from + attribute.classes())));
      NDArray loss = CrossEntropy.of(slice, targets.get(new NDIndex(":, " + i)), ones);
      total = total.add(loss.mul(Scalar.of(loss, attribute.weight())));
      from += attribute.classes();
    }
    return total.div(Scalar.of(total, attributes.stream().mapToDouble(Attribute::weight).sum()));
  }

  private static NDArray array(Tensor tensor) {
    return ((EagerTensor) tensor).array();
  }
}
