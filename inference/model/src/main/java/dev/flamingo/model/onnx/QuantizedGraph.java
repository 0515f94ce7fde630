package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;

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
    try {
      ModelProto model = ModelProto.parseFrom(graph.write(graphs));
      return new WeightQuantizer(model.getGraph(), quantization).quantize(model).toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("%s is no onnx".formatted(graph.fileName()), e);
    }
  }
}
