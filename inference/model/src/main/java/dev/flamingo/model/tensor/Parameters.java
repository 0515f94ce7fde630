package dev.flamingo.model.tensor;

/**
 * Where layers get their learnt values. A layer asks for each with its shape and its start, so that
 * the layers are the only place that says what a model consists of.
 */
public interface Parameters {

  /**
   * Returns a parameter.
   *
   * @param name the name within this scope
   * @param init the start where nothing was learnt yet
   * @param shape the shape
   * @throws IllegalArgumentException if it is missing or of another shape
   */
  Tensor get(String name, Init init, long... shape);

  /**
   * Returns values that follow from the configuration and are not learnt, such as rotary tables.
   */
  Tensor constant(String name, float[] values, long... shape);

  /** Returns the parameters whose names begin with the scope and a dot. */
  default Parameters in(String scope) {
    Parameters outer = this;
    return new Parameters() {
      @Override
      public Tensor get(String name, Init init, long... shape) {
        return outer.get(scope + "." + name, init, shape);
      }

      @Override
      public Tensor constant(String name, float[] values, long... shape) {
        return outer.constant(scope + "." + name, values, shape);
      }
    };
  }
}
