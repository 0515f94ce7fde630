package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a quantised product multiplies with, read from a graph as the operators' documents say.
 *
 * @param values {@code [outputs, inputs]}
 * @param steps the scale of each of them
 */
@SuppressWarnings("ArrayRecordComponent")
record KeptWeight(float[] values, float[] steps) {

  static KeptWeight of(GraphProto graph, NodeProto product, int outputs, int inputs) {
    ByteBuffer codes = bytes(graph, product.getInput(1));
    ByteBuffer scales = bytes(graph, product.getInput(2));
    float[] values = new float[outputs * inputs];
    float[] steps = new float[outputs * inputs];
    for (int out = 0; out < outputs; out++) {
      for (int in = 0; in < inputs; in++) {
        int at = out * inputs + in;
        if (product.getOpType().equals("DynamicQuantizeMatMul")) {
          steps[at] = scales.getFloat(out * Float.BYTES);
          values[at] = codes.get(in * outputs + out) * steps[at];
        } else {
          int bits = Math.toIntExact(attribute(product, "bits"));
          int blocks = inputs / Math.toIntExact(attribute(product, "block_size"));
          int block = in * blocks / inputs;
          ByteBuffer zeroPoints = bytes(graph, product.getInput(3));
          int row = out * (zeroPoints.capacity() / outputs);
          steps[at] = scales.getFloat((out * blocks + block) * Float.BYTES);
          int zeroPoint = code(zeroPoints, bits, row, block);
          values[at] = (code(codes, bits, out * (inputs * bits / 8), in) - zeroPoint) * steps[at];
        }
      }
    }
    return new KeptWeight(values, steps);
  }

  /** Reads 8 bits, or 4, the even ones from the lower half of a byte. */
  private static int code(ByteBuffer packed, int bits, int start, int index) {
    if (bits == 8) {
      return packed.get(start + index) & 0xff;
    }
    int both = packed.get(start + index / 2) & 0xff;
    return index % 2 == 0 ? both & 0x0f : both >> 4;
  }

  private static ByteBuffer bytes(GraphProto graph, String name) {
    return graph.getInitializerList().stream()
        .filter(initializer -> initializer.getName().equals(name))
        .map(TensorProto::getRawData)
        .findFirst()
        .orElseThrow()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long attribute(NodeProto node, String name) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getI();
  }
}
