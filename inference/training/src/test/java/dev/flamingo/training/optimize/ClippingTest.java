package dev.flamingo.training.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClippingTest {

  private final NDManager manager = NDManager.newBaseManager(null, "PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void gradientsLongerThanTheBoundAreScaledTogether() {
    Map<String, NDArray> gradients =
        Map.of("a", manager.create(new float[] {3, 0}), "b", manager.create(new float[] {-4}));

    assertThat(new Clipping.GlobalNorm(1).clip(gradients, gradients)).isCloseTo(0.2, within(1e-7));
    assertThat(new Clipping.GlobalNorm(2.5).clip(gradients, gradients))
        .isCloseTo(0.5, within(1e-7));
  }

  @Test
  void gradientsWithinTheBoundStay() {
    Map<String, NDArray> gradients = Map.of("a", manager.create(new float[] {3, -4}));

    assertThat(new Clipping.GlobalNorm(5).clip(gradients, gradients)).isEqualTo(1);
    assertThat(new Clipping.GlobalNorm(100).clip(gradients, gradients)).isEqualTo(1);
  }

  @Test
  void adaptiveClippingShortensEveryRowToItsShareOfTheWeight() {
    NDArray weight = manager.create(new float[] {3, 4, 0.6f, 0.8f}, new Shape(2, 2));
    NDArray gradient = manager.create(new float[] {30, 40, 0.003f, 0.004f}, new Shape(2, 2));

    double factor = new Clipping.Adaptive(0.02).clip(Map.of("w", weight), Map.of("w", gradient));

    // The first row's weight is 5 long, so its gradient may be 0.1 long; the second row's is.
    assertThat(factor).isEqualTo(1);
    assertThat(gradient.toFloatArray())
        .containsExactly(new float[] {0.06f, 0.08f, 0.003f, 0.004f}, within(1e-6f));
  }

  @Test
  void adaptiveClippingTakesAVectorAsAWholeAndLetsAZeroWeightMove() {
    NDArray weight = manager.create(new float[] {0, 0});
    NDArray gradient = manager.create(new float[] {0, 8});

    double factor = new Clipping.Adaptive(0.02).clip(Map.of("b", weight), Map.of("b", gradient));

    assertThat(factor).isEqualTo(1);
    assertThat(gradient.toFloatArray())
        .containsExactly(new float[] {0, 0.02f * 1e-3f}, within(1e-9f));
  }
}
