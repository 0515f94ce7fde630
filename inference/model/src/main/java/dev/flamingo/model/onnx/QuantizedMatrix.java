package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.flamingo.model.checkpoint.StoredTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The weight of a linear layer in few bits: what a graph stores of it, and what multiplies. */
sealed interface QuantizedMatrix permits BlockMatrix, ColumnMatrix {

  /** The set of operators that multiply with it. */
  String DOMAIN = "com.microsoft";

  /** Returns the columns of the weight. */
  int inputs();

  /** Returns the operator that multiplies with it. */
  String operator();

  /** Returns the operator's attributes. */
  List<AttributeProto> attributes();

  /** Returns the names of what is stored, in the order in which the operator takes it. */
  List<String> names();

  /**
   * Returns what a graph stores, by {@link #names}, from the weight itself.
   *
   * @param weight {@code [outputs, inputs]}
   */
  List<TensorProto> encode(StoredTensor weight);

  /** Returns a named tensor of bytes, signed or not. */
  static TensorProto tensor(
      String name, TensorProto.DataType type, byte[] values, long... dimensions) {
    return tensor(name, type, ByteString.copyFrom(values), dimensions);
  }

  /** Returns a named tensor of floats. */
  static TensorProto tensor(String name, float[] values, long... dimensions) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return tensor(name, TensorProto.DataType.FLOAT, ByteString.copyFrom(bytes), dimensions);
  }

  private static TensorProto tensor(
      String name, TensorProto.DataType type, ByteString values, long... dimensions) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber()).setRawData(values);
    for (long length : dimensions) {
      tensor.addDims(length);
    }
    return tensor.build();
  }

  /** Returns an attribute. */
  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }
}
