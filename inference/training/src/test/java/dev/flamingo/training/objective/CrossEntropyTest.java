package dev.flamingo.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {

  private static final float[] LOGITS = {1, 2, 0, -1, 0, 3};

  private final NDManager manager = NDManager.newBaseManager(null, "PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void itIsTheWeightedMeanOfTheNegativeLogLikelihoods() {
    double first = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(0)) - 1;
    double second = Math.log(Math.exp(-1) + Math.exp(0) + Math.exp(3)) - 3;

    assertThat(of(1, 1)).isCloseTo((first + second) / 2, within(1e-6));
    assertThat(of(3, 1)).isCloseTo((3 * first + second) / 4, within(1e-6));
  }

  @Test
  void anExampleOfNoWeightIsLeftOut() {
    double second = Math.log(Math.exp(-1) + Math.exp(0) + Math.exp(3)) - 3;

    assertThat(of(0, 1)).isCloseTo(second, within(1e-6));
    assertThat(of(0, 0)).isZero();
  }

  @Test
  void againstTheDiagonalTheRestIsSmoothed() {
    NDArray logits = manager.create(new float[] {2, 0, 1, 1}, new Shape(2, 2));
    double normalFirst = Math.log(Math.exp(2) + Math.exp(0));
    double normalSecond = Math.log(2 * Math.exp(1));
    double right = (2 - normalFirst + 1 - normalSecond) / 2;
    double all = (2 - normalFirst + 0 - normalFirst + 2 * (1 - normalSecond)) / 4;

    assertThat((double) CrossEntropy.diagonal(logits, 0.1).getFloat())
        .isCloseTo(-(0.9 * right + 0.1 * all), within(1e-6));
    assertThat((double) CrossEntropy.diagonal(logits, 0).getFloat())
        .isCloseTo(-right, within(1e-6));
  }

  @Test
  void whatIsHiddenFromTheDiagonalCostsABoundedAmount() {
    NDArray logits = manager.create(new float[] {2, -1e4f, -1e4f, 2}, new Shape(2, 2));

    assertThat((double) CrossEntropy.diagonal(logits, 0.1).getFloat())
        .isCloseTo(0.1 * 20 / 2, within(1e-5));
  }

  @Test
  void theBinaryOneWeighsWhatIsThere() {
    NDArray logits = manager.create(new float[] {0.5f, -1, 2, 0});
    NDArray targets = manager.create(new float[] {1, 0, 0, 1});
    double there = -Math.log(sigmoid(0.5)) - Math.log(sigmoid(0));
    double notThere = -Math.log(1 - sigmoid(-1)) - Math.log(1 - sigmoid(2));

    assertThat((double) CrossEntropy.binary(logits, targets, 4).getFloat())
        .isCloseTo((4 * there + notThere) / 4, within(1e-6));
  }

  @Test
  void theBinaryOneDoesNotOverflow() {
    NDArray logits = manager.create(new float[] {1_000, -1_000});
    NDArray targets = manager.create(new float[] {0, 1});

    assertThat(CrossEntropy.binary(logits, targets, 1).getFloat()).isEqualTo(1_000f);
  }

  private double of(float firstWeight, float secondWeight) {
    NDArray logits = manager.create(LOGITS, new Shape(2, 3));
    NDArray targets = manager.create(new long[] {0, 2});
    NDArray weights = manager.create(new float[] {firstWeight, secondWeight});
    return CrossEntropy.of(logits, targets, weights).getFloat();
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
