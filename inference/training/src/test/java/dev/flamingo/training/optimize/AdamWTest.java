package dev.flamingo.training.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.checkpoint.MapWeights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdamWTest {

  private static final double RATE = 0.01;
  private static final double[][] GRADIENTS = {{0.5, -2, 0}, {-1, 3, 0.25}, {0.1, 0.1, -4}};

  private final NDManager manager = NDManager.newBaseManager(null, "PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void threeUpdatesAreThoseOfThePaper() {
    double decay = 0.1;
    double rescale = 0.5;
    NDArray weight = manager.create(new float[] {1, -2, 3});
    AdamW adam = new AdamW(manager, List.of(new ParameterGroup(name -> true, 2, decay)));

    double[] expected = {1, -2, 3};
    double[] mean = new double[3];
    double[] variance = new double[3];
    for (int step = 0; step < GRADIENTS.length; step++) {
      adam.update("w", weight, gradient(step), step, RATE, rescale);
      for (int i = 0; i < 3; i++) {
        double gradient = GRADIENTS[step][i] * rescale;
        mean[i] = 0.9 * mean[i] + 0.1 * gradient;
        variance[i] = 0.98 * variance[i] + 0.02 * gradient * gradient;
        double unbiasedMean = mean[i] / (1 - Math.pow(0.9, step + 1));
        double unbiasedVariance = variance[i] / (1 - Math.pow(0.98, step + 1));
        double rate = 2 * RATE;
        expected[i] -=
            rate * (decay * expected[i] + unbiasedMean / (Math.sqrt(unbiasedVariance) + 1e-8));
      }
      float[] updated = weight.toFloatArray();
      for (int i = 0; i < 3; i++) {
        assertThat((double) updated[i]).isCloseTo(expected[i], within(1e-6));
      }
    }
  }

  @Test
  void theFirstGroupThatTakesAParameterCountsAndTheOthersAreLeftAlone() {
    AdamW adam =
        new AdamW(
            manager,
            List.of(
                new ParameterGroup(name -> name.endsWith(".gate"), 10, 0),
                new ParameterGroup(name -> name.startsWith("model."), 1, 0)));
    NDArray gate = manager.create(new float[] {0});
    NDArray other = manager.create(new float[] {0});

    adam.update("model.gate", gate, manager.create(new float[] {1}), 0, RATE, 1);
    adam.update("model.weight", other, manager.create(new float[] {1}), 0, RATE, 1);

    assertThat((double) gate.getFloat(0)).isCloseTo(-10 * RATE, within(1e-6));
    assertThat((double) other.getFloat(0)).isCloseTo(-RATE, within(1e-6));
    assertThat(adam.trains("model.gate")).isTrue();
    assertThat(adam.trains("frozen.weight")).isFalse();
  }

  @Test
  void momentsThatAreStoredAndRestoredGoOnExactly() {
    List<ParameterGroup> groups = List.of(new ParameterGroup(name -> true, 1, 0.1));
    AdamW whole = new AdamW(manager, groups);
    NDArray weight = manager.create(new float[] {1, -2, 3});
    whole.update("w", weight, gradient(0), 0, RATE, 1);
    Map<String, HostTensor> stored = new LinkedHashMap<>();
    whole.store(stored);
    NDArray copy = weight.duplicate();
    AdamW resumed = new AdamW(manager, groups);
    resumed.restore(new MapWeights(stored));

    for (int step = 1; step < GRADIENTS.length; step++) {
      whole.update("w", weight, gradient(step), step, RATE, 1);
      resumed.update("w", copy, gradient(step), step, RATE, 1);
    }

    assertThat(stored).containsOnlyKeys("mean.w", "variance.w");
    assertThat(copy.toFloatArray()).isEqualTo(weight.toFloatArray());
  }

  private NDArray gradient(int step) {
    float[] values = new float[GRADIENTS[step].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) GRADIENTS[step][i];
    }
    return manager.create(values);
  }
}
