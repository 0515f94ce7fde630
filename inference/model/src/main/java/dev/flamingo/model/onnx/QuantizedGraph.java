package dev.flamingo.model.onnx;

/**
 * A graph whose linear layers keep their weights in few bits.
 *
 * @param graph the graph in 32-bit floating point
 * @param quantization how they are kept; not none
 */
record QuantizedGraph(DerivedGraph graph, Quantization quantization) implements DerivedGraph {

  @Override
  public String fileName() {
    return graph.fileName().replaceFirst("\\.onnx$", "-" + quantization.label() + ".onnx");
  }

  @Override
  public byte[] write(FlamingoGraphs graphs) {
    return graph.write(graphs.with(quantization));
  }
}
