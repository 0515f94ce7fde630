package dev.flamingo.model.onnx;

import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.tensor.Init;
import dev.flamingo.model.tensor.ParameterSource;
import dev.flamingo.model.tensor.Parameters;
import dev.flamingo.model.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/** Parameters as initializers of a graph, whose values are written with it. */
public final class OnnxParameters implements Parameters {

  private final OnnxGraph graph;
  private final ParameterSource source;
  private final Map<String, Tensor> initializers = new HashMap<>();

  /** Declares parameters of a graph, each when a layer first asks for it. */
  public OnnxParameters(OnnxGraph graph, ParameterSource source) {
    this.graph = graph;
    this.source = source;
  }

  @Override
  public Tensor get(String name, Init init, long... shape) {
    return initializers.computeIfAbsent(
        name, key -> graph.parameter(key, source.get(key, init, shape)));
  }

  @Override
  public Tensor constant(String name, float[] values, long... shape) {
    return initializers.computeIfAbsent(
        name, key -> graph.parameter(key, HostTensor.of(values, shape)));
  }
}
