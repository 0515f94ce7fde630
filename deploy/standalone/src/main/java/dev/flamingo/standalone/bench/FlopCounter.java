package dev.flamingo.standalone.bench;

import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;

/**
 * Counts the floating-point operations of layers by letting them compute with shapes alone: two for
 * every multiply-add of a convolution or a matrix product. What is computed element by element is
 * not counted, as it is not for the matrix product that layers are compared with; nor is what
 * depends on parameters alone, which is computed once when a graph is loaded.
 *
 * <p>Not thread-safe.
 */
public final class FlopCounter implements Parameters {

  private long total;

  /** Returns a value that changes from call to call, such as a picture. */
  public Tensor input(long... shape) {
    return new CountedTensor(this, shape, /* known= */ false);
  }

  @Override
  public Tensor get(String name, Init init, long... shape) {
    return new CountedTensor(this, shape, /* known= */ true);
  }

  @Override
  public Tensor constant(String name, float[] values, long... shape) {
    return new CountedTensor(this, shape, /* known= */ true);
  }

  /** Returns the operations so far. */
  public long total() {
    return total;
  }

  void add(long operations) {
    total = Math.addExact(total, operations);
  }
}
