package dev.flamingo.model.nn;

import static dev.flamingo.model.nn.Near.assertNear;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.eager.EagerParameters;
import dev.flamingo.model.eager.EagerTensor;
import dev.flamingo.model.tensor.Convolution;
import dev.flamingo.model.tensor.Padding;
import dev.flamingo.model.tensor.Tensor;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StandardizedConv2dTest {

  private static final NfnetConfig PUBLIC = NfnetConfig.variant(0);

  private final NDManager manager = NDManager.newBaseManager(null, "PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void kernelsAreDividedByTheirDeviationAndTheRootOfTheirSize() {
    // mean 2, variance 2, 4 weights, gain 3
    assertNear(
        "kernel", kernel(PUBLIC, 0, 2, 4, 2), new float[] {scaled(-2, 1), 0, scaled(2, 1), 0});
    assertNear(
        "kernel with the activation's gain",
        kernel(PUBLIC.asTimm(), 0, 2, 4, 2),
        new float[] {scaled(-2, 1.7015043), 0, scaled(2, 1.7015043), 0});
  }

  private static float scaled(double centred, double gamma) {
    return (float) (3 * gamma * centred / Math.sqrt(2 + 1e-5) / 2);
  }

  @Test
  void bothRulesAgreeAwayFromTheEpsilonAndDifferNearIt() {
    assertNear("wide", kernel(PUBLIC.asDeepMind(), -3, 2, 4, 1), kernel(PUBLIC, -3, 2, 4, 1));
    float tiny = 1e-3f;
    // Variance 1e-6 of 4 weights: the epsilon of 1e-5 outweighs it, and 4e-6 is less than 1e-4.
    float added = (float) (3 * tiny / Math.sqrt(1e-6 + 1e-5) / 2);
    float least = (float) (3 * tiny / Math.sqrt(1e-4));
    assertNear("added", kernel(PUBLIC, tiny, -tiny, tiny, -tiny), alternating(added));
    assertNear("least", kernel(PUBLIC.asDeepMind(), tiny, -tiny, tiny, -tiny), alternating(least));
  }

  private static float[] alternating(float value) {
    return new float[] {value, -value, value, -value};
  }

  /** Returns the kernel of one pixel and one output channel, seen through unit vectors. */
  private float[] kernel(NfnetConfig config, float... weights) {
    EagerParameters parameters =
        new EagerParameters(
            manager,
            (name, init, shape) ->
                switch (name) {
                  case "weight" -> new HostTensor(shape, weights);
                  case "gain" -> new HostTensor(shape, new float[] {3});
                  default -> new HostTensor(shape, new float[] {0});
                });
    StandardizedConv2d conv =
        new StandardizedConv2d(parameters, config, weights.length, 1, Convolution.pointwise());
    NDArray unit = manager.eye(weights.length).reshape(weights.length, weights.length, 1, 1);
    return Fixture.values(conv.apply(new EagerTensor(unit)));
  }

  @Test
  void theSameRulePadsAnEvenPictureOnlyBelowAndOnTheRight() {
    // One above and on the left instead is the same as the picture moved down and to the right.
    NDArray picture = manager.randomNormal(new Shape(1, 1, 8, 8));
    NDArray moved = picture.pad(new Shape(1, 0, 1, 0), 0).get(":, :, :8, :8");
    float[] symmetric = Fixture.values(strided(picture, Padding.SYMMETRIC).slice(2, 0, 3));
    float[] same = Fixture.values(strided(moved, Padding.SAME).slice(2, 0, 3));
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        assertThat(same[row * 4 + column]).isCloseTo(symmetric[row * 4 + column], within(1e-5f));
      }
    }
    assertThat(Fixture.values(strided(picture, Padding.SAME)))
        .isNotEqualTo(Fixture.values(strided(picture, Padding.SYMMETRIC)));
  }

  private static Offset<Float> within(float error) {
    return Offset.offset(error);
  }

  private Tensor strided(NDArray picture, Padding padding) {
    NDArray kernel = manager.arange(1f, 10f).reshape(1, 1, 3, 3);
    return new EagerTensor(picture)
        .conv2d(
            new EagerTensor(kernel),
            new EagerTensor(manager.zeros(new Shape(1))),
            new Convolution(3, 2, padding, 1));
  }

  @Test
  void anActivationWithoutAKnownGainIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new NfnetConfig(
                    List.of(),
                    List.of(new NfnetConfig.Stage(8, 1, 1)),
                    8,
                    0.5,
                    0.5,
                    Padding.SAME,
                    1e-5,
                    Standardization.ADDED_EPSILON,
                    Gamma.IN_ACTIVATION,
                    Activation.QUICK_GELU,
                    true,
                    0))
        .withMessageContaining("QUICK_GELU");
  }
}
