package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The weight of a linear layer in few bits. */
sealed interface QuantizedMatrix permits BlockMatrix, ColumnMatrix {

  /** The set of operators that multiply with it. */
  String DOMAIN = "com.microsoft";

  /** Returns what a graph stores of it. */
  List<TensorProto> initializers();

  /** Returns the product that takes the place of one with the weight itself. */
  NodeProto product(NodeProto matMul);

  /** Returns an operator on a product's left side and on what is stored. */
  static NodeProto.Builder product(NodeProto matMul, String operator, List<TensorProto> right) {
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setDomain(DOMAIN)
            .setOpType(operator)
            .setName(matMul.getName())
            .addInput(matMul.getInput(0))
            .addAllOutput(matMul.getOutputList());
    right.forEach(tensor -> node.addInput(tensor.getName()));
    return node;
  }

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
