package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.util.List;

/**
 * Prepares weights for a kind of processor when a graph is written, so that nothing is left to be
 * computed of them when it is loaded, and they can be mapped.
 */
public interface WeightLayout {

  /**
   * A weight as an operator computes with it.
   *
   * @param parameter name of the parameter that it is made of
   * @param key by which the runtime knows it
   * @param values its bytes
   */
  record LaidOut(String parameter, String key, byte[] values) {}

  /**
   * Returns the weights of an operator in their layout.
   *
   * @param product a model of that operator alone, with its weights
   * @throws IOException if files for it cannot be read or written
   */
  List<LaidOut> of(ModelProto product) throws IOException;

  /**
   * Returns what parameters alone determine, such as standardised kernels.
   *
   * @param constant a model without inputs, with its parameters and one output
   * @throws IOException if it cannot be computed
   */
  TensorProto compute(ModelProto constant) throws IOException;
}
