package dev.flamingo.model.tensor;

import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.checkpoint.StoredTensor;
import dev.flamingo.model.checkpoint.Weights;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Where the values of parameters come from: a checkpoint, or chance. */
@FunctionalInterface
public interface ParameterSource {

  /**
   * Returns the values of a parameter.
   *
   * @throws IllegalArgumentException if it is missing or of another shape
   */
  StoredTensor get(String name, Init init, long... shape);

  /**
   * Returns the values of a checkpoint, all of which must be there in the shape that is asked for.
   */
  static ParameterSource of(Weights weights) {
    return (name, init, shape) -> {
      StoredTensor tensor = weights.tensor(name);
      if (!Arrays.equals(tensor.shape(), shape)) {
        throw new IllegalArgumentException(
            "parameter %s has shape %s, not %s: use the weights that belong to this architecture"
                .formatted(name, Arrays.toString(tensor.shape()), Arrays.toString(shape)));
      }
      return tensor;
    };
  }

  /** Returns random values; a parameter's depend on the seed and its name alone. */
  static ParameterSource random(long seed) {
    return (name, init, shape) -> {
      SplittableRandom random = new SplittableRandom(seed * 31 + name.hashCode());
      int size = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        double noise = init.deviation() == 0 ? 0 : init.deviation() * random.nextGaussian();
        values[i] = (float) (init.mean() + noise);
      }
      return new HostTensor(shape, values);
    };
  }

  /**
   * Returns the values of a checkpoint where it has them, and those of another source where not.
   */
  static ParameterSource of(Weights weights, ParameterSource otherwise) {
    ParameterSource learnt = of(weights);
    return (name, init, shape) ->
        (weights.contains(name) ? learnt : otherwise).get(name, init, shape);
  }
}
