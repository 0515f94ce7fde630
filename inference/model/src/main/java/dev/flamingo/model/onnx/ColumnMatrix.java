package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A weight in 8 bits with a scale for each output, as {@code DynamicQuantizeMatMul} takes it: a
 * weight is {@code code * scale}, kept within half a scale; codes reach from -127 to 127.
 */
final class ColumnMatrix implements QuantizedMatrix {

  private final List<TensorProto> stored;

  /**
   * Quantises a weight.
   *
   * @param weight {@code [outputs, inputs]}
   */
  ColumnMatrix(String name, FloatBuffer weight, int outputs, int inputs) {
    byte[] codes = new byte[Math.multiplyExact(outputs, inputs)];
    float[] scales = new float[outputs];
    for (int out = 0; out < outputs; out++) {
      float most = 0;
      for (int in = 0; in < inputs; in++) {
        most = Math.max(most, Math.abs(weight.get(out * inputs + in)));
      }
      float scale = most / Byte.MAX_VALUE;
      scales[out] = scale;
      for (int in = 0; in < inputs; in++) {
        int code = scale == 0 ? 0 : Math.round(weight.get(out * inputs + in) / scale);
        // The operator wants inputs by outputs.
        codes[in * outputs + out] =
            (byte) Math.max(-Byte.MAX_VALUE, Math.min(Byte.MAX_VALUE, code));
      }
    }
    stored =
        List.of(
            QuantizedMatrix.tensor(
                name + ".codes", TensorProto.DataType.INT8, codes, inputs, outputs),
            QuantizedMatrix.tensor(name + ".scales", scales, outputs));
  }

  @Override
  public List<TensorProto> initializers() {
    return stored;
  }

  @Override
  public NodeProto product(NodeProto matMul) {
    return QuantizedMatrix.product(matMul, "DynamicQuantizeMatMul", stored).build();
  }
}
