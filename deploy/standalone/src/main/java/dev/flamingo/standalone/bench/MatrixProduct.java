package dev.flamingo.standalone.bench;

import ai.onnxruntime.OrtException;
import dev.flamingo.model.onnx.ElementType;
import dev.flamingo.model.onnx.OnnxGraph;
import dev.flamingo.model.onnx.OnnxTensor;

/**
 * A large square product of matrices in 32 bits: the most that this machine gives ONNX Runtime.
 *
 * @param size the side of the matrices
 */
record MatrixProduct(int size) {

  /** Returns the floating-point operations of one product. */
  double flops() {
    return 2.0 * size * size * size;
  }

  /**
   * Loads it; the caller closes it.
   *
   * @throws OrtException if ONNX Runtime refuses it
   */
  LoadedGraph load(int threads) throws OrtException {
    OnnxGraph graph = new OnnxGraph("matrix-product");
    OnnxTensor left = graph.input("left", ElementType.FLOAT, size, size);
    float[] right = new float[size * size];
    for (int i = 0; i < right.length; i++) {
      right[i] = (i % 127) / 127f - 0.5f;
    }
    // The right side is a weight, as in a model, so that it may be laid out for the product once.
    OnnxTensor weight = graph.initializer("right", right, size, size);
    graph.output("product", left.matmul(weight));
    return LoadedGraph.load(graph.toBytes(), threads);
  }
}
