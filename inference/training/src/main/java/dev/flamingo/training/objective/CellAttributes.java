package dev.flamingo.training.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.eager.Scalar;
import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;

/**
 * An auxiliary loss for the vision encoder, beside the contrastive one: every patch predicts which
 * things have their centre in it and where exactly, and the mean patch predicts what holds for the
 * whole frame. Captions alone leave a small encoder little reason to keep places. Its heads are
 * thrown away after training.
 */
public final class CellAttributes {

  private static final double RARE = 4;
  private static final double OFFSETS = 2;

  private final NDManager manager;
  private final int things;
  private final int facts;
  private final Tensor thingWeight;
  private final Tensor thingBias;
  private final Tensor offsetWeight;
  private final Tensor offsetBias;
  private final Tensor factWeight;
  private final Tensor factBias;

  /**
   * What is true of a batch of frames.
   *
   * @param frames number of frames
   * @param things 1 where a patch holds the centre of a thing {@code [frames, patches, things]}
   * @param offsets from the patch's middle to the thing's centre, in patches, right and down {@code
   *     [frames, patches, 2]}
   * @param occupied 1 where the offset counts {@code [frames, patches, 1]}
   * @param facts 1 for what holds for the frame {@code [frames, facts]}
   */
  public record Truth(
      int frames, float[] things, float[] offsets, float[] occupied, float[] facts) {}

  /**
   * Builds the heads.
   *
   * @param features channels of the vision encoder
   * @param things number of kinds of things
   * @param facts number of facts about a frame
   */
  public CellAttributes(
      NDManager manager, int features, int things, int facts, Parameters parameters) {
    this.manager = manager;
    this.things = things;
    this.facts = facts;
    thingWeight = parameters.get("things.weight", Init.linear(features), features, things);
    thingBias = parameters.get("things.bias", Init.constant(-3), things);
    offsetWeight = parameters.get("offsets.weight", Init.linear(features), features, 2);
    offsetBias = parameters.get("offsets.bias", Init.ZEROS, 2);
    factWeight = parameters.get("facts.weight", Init.linear(features), features, facts);
    factBias = parameters.get("facts.bias", Init.ZEROS, facts);
  }

  /**
   * Returns the loss of a batch.
   *
   * @param patches the encoder's features {@code [frames, patches, channels]}
   */
  public NDArray loss(Tensor patches, Truth truth) {
    NDArray seen = array(patches.matmul(thingWeight).add(thingBias));
    long cells = seen.getShape().get(1);
    NDArray there = manager.create(truth.things(), new Shape(truth.frames(), cells, things));
    // The mean over mostly empty patches is small: the factor brings it to the size of the other
    // losses.
    NDArray thingLoss = CrossEntropy.binary(seen, there, RARE).mul(Scalar.of(seen, (double) cells));

    NDArray where = array(patches.matmul(offsetWeight).add(offsetBias));
    NDArray offsets = manager.create(truth.offsets(), new Shape(truth.frames(), cells, 2));
    NDArray occupied = manager.create(truth.occupied(), new Shape(truth.frames(), cells, 1));
    NDArray offsetLoss =
        where
            .sub(offsets)
            .abs()
            .mul(occupied)
            .sum()
            .div(occupied.sum().add(Scalar.of(where, 1)))
            .mul(Scalar.of(where, OFFSETS));

    NDArray holds = array(patches.mean(1).matmul(factWeight).add(factBias)).reshape(-1, facts);
    NDArray factTruth = manager.create(truth.facts(), new Shape(truth.frames(), facts));
    NDArray factLoss = CrossEntropy.binary(holds, factTruth, 1).mul(Scalar.of(holds, facts));
    return thingLoss.add(offsetLoss).add(factLoss);
  }

  private static NDArray array(Tensor tensor) {
    return ((EagerTensor) tensor).array();
  }
}
