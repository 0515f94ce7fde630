package dev.flamingo.model.onnx;

import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Parameters that are counted and never filled: layers are built around names in a graph that
 * nobody writes. A model of 80 billion parameters is counted in a few kilobytes.
 */
public final class CountingParameters implements Parameters {

  private final OnnxGraph graph = new OnnxGraph("count");
  private final Map<String, Long> sizes = new LinkedHashMap<>();

  @Override
  public Tensor get(String name, Init init, long... shape) {
    sizes.put(name, Arrays.stream(shape).reduce(1, Math::multiplyExact));
    return new OnnxTensor(graph, name);
  }

  @Override
  public Tensor constant(String name, float[] values, long... shape) {
    return new OnnxTensor(graph, name);
  }

  /** Returns the number of values of every parameter that a layer asked for, in that order. */
  public Map<String, Long> sizes() {
    return new LinkedHashMap<>(sizes);
  }

  /** Returns the number of values of all parameters. */
  public long total() {
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns the number of values of the parameters whose names begin with a scope and a dot. */
  public long within(String scope) {
    return sizes.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(scope + "."))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
