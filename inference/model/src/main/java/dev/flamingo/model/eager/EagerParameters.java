package dev.flamingo.model.eager;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.ParameterSource;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parameters as arrays of a manager, which owns their memory. Not thread-safe. */
public final class EagerParameters implements Parameters {

  private final NDManager manager;
  private final ParameterSource source;
  private final Map<String, NDArray> arrays = new LinkedHashMap<>();

  /** Takes values from a source, each when a layer first asks for it. */
  public EagerParameters(NDManager manager, ParameterSource source) {
    this.manager = manager;
    this.source = source;
  }

  @Override
  public Tensor get(String name, Init init, long... shape) {
    return new EagerTensor(
        arrays.computeIfAbsent(
            name,
            key -> {
              HostTensor tensor = source.get(key, init, shape).floats();
              return manager.create(tensor.values(), new Shape(shape));
            }));
  }

  @Override
  public Tensor constant(String name, float[] values, long... shape) {
    return new EagerTensor(manager.create(values, new Shape(shape)));
  }

  /** Returns every parameter that a layer asked for, by name, in that order. */
  public Map<String, NDArray> arrays() {
    return Collections.unmodifiableMap(arrays);
  }
}
