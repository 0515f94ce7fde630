package dev.flamingo.training.optimize;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Objects;

/** How gradients are kept from becoming too large before an update. */
public sealed interface Clipping {

  /**
   * Clips gradients.
   *
   * @param weights the trained parameters by name
   * @param gradients their gradients, which may be changed in place
   * @return a factor to multiply every gradient by
   */
  double clip(Map<String, NDArray> weights, Map<String, NDArray> gradients);

  /**
   * Scales all gradients together where their norm exceeds a bound.
   *
   * @param norm the bound
   */
  record GlobalNorm(double norm) implements Clipping {
    @Override
    public double clip(Map<String, NDArray> weights, Map<String, NDArray> gradients) {
      double squares = 0;
      for (NDArray gradient : gradients.values()) {
        squares += gradient.square().sum().getFloat();
      }
      double length = Math.sqrt(squares);
      return length > norm ? norm / length : 1;
    }
  }

  /**
   * Adaptive gradient clipping (arXiv 2102.06171, section 4): a unit's gradient may be as long as a
   * share of its weight.
   *
   * @param share gradient over weight, by norm
   */
  record Adaptive(double share) implements Clipping {

    private static final float SMALLEST_WEIGHT = 1e-3f;
    private static final float SMALLEST_GRADIENT = 1e-6f;

    @Override
    public double clip(Map<String, NDArray> weights, Map<String, NDArray> gradients) {
      gradients.forEach(
          (name, gradient) -> {
            NDArray longest =
                norms(Objects.requireNonNull(weights.get(name)))
                    .maximum(SMALLEST_WEIGHT)
                    .mul((float) share);
            NDArray scale = longest.div(norms(gradient).maximum(SMALLEST_GRADIENT)).minimum(1f);
            gradient.muli(scale);
          });
      return 1;
    }

    // A unit is an output row or filter; a vector or scalar counts as a whole.
    private static NDArray norms(NDArray array) {
      int dimensions = array.getShape().dimension();
      if (dimensions <= 1) {
        return array.square().sum().sqrt();
      }
      int[] axes = java.util.stream.IntStream.range(1, dimensions).toArray();
      return array.square().sum(axes, true).sqrt();
    }
  }
}
