package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.flamingo.model.checkpoint.StoredTensor;
import java.util.List;

/**
 * A weight in 8 bits with a scale for each output, as {@code DynamicQuantizeMatMul} takes it: a
 * weight is {@code code * scale}, kept within half a scale; codes reach from -127 to 127.
 *
 * @param name the weight's
 * @param outputs rows of the weight
 * @param inputs its columns
 */
record ColumnMatrix(String name, int outputs, int inputs) implements QuantizedMatrix {

  @Override
  public String operator() {
    return "DynamicQuantizeMatMul";
  }

  @Override
  public List<AttributeProto> attributes() {
    return List.of();
  }

  @Override
  public List<String> names() {
    return List.of(name + ".codes", name + ".scales");
  }

  @Override
  public List<TensorProto> encode(StoredTensor weight) {
    byte[] codes = new byte[Math.multiplyExact(outputs, inputs)];
    float[] scales = new float[outputs];
    float[] row = new float[inputs];
    for (int out = 0; out < outputs; out++) {
      weight.read((long) out * inputs, row, inputs);
      float most = 0;
      for (float value : row) {
        most = Math.max(most, Math.abs(value));
      }
      float scale = most / Byte.MAX_VALUE;
      scales[out] = scale;
      for (int in = 0; in < inputs; in++) {
        int code = scale == 0 ? 0 : Math.round(row[in] / scale);
        // The operator wants inputs by outputs.
        codes[in * outputs + out] =
            (byte) Math.max(-Byte.MAX_VALUE, Math.min(Byte.MAX_VALUE, code));
      }
    }
    return List.of(
        QuantizedMatrix.tensor(names().get(0), TensorProto.DataType.INT8, codes, inputs, outputs),
        QuantizedMatrix.tensor(names().get(1), scales, outputs));
  }
}
