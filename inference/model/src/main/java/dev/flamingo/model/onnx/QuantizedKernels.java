package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The kernels and the bias of a convolution in whole numbers, as {@code QLinearConv} takes them:
 * kernels in 8 bits from -127 to 127 with a scale for each output, the bias in 32 bits with the
 * scale of the products.
 *
 * @param kernels 8 bits, in the shape of the kernels
 * @param scales what a step of every output's kernel is
 * @param zeroes all 0
 * @param bias in steps of an input's scale times the kernel's
 */
record QuantizedKernels(
    TensorProto kernels, TensorProto scales, TensorProto zeroes, TensorProto bias) {

  /** A bias in steps stays below this: its sum with the products has 32 bits. */
  private static final float MOST_STEPS = 1 << 30;

  /**
   * Quantises them.
   *
   * @param node name of the convolution
   * @param weight {@code [outputs, ...]}
   * @param offset {@code [outputs]}
   * @param inputScale a step of the input
   */
  static QuantizedKernels of(
      String node, TensorProto weight, TensorProto offset, float inputScale) {
    FloatBuffer values = floats(weight);
    FloatBuffer offsets = floats(offset);
    int outputs = offsets.remaining();
    int size = values.remaining() / outputs;
    byte[] codes = new byte[values.remaining()];
    float[] scales = new float[outputs];
    ByteBuffer steps = ByteBuffer.allocate(outputs * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int out = 0; out < outputs; out++) {
      // A kernel of hardly anything has a step that its bias can be counted in.
      float scale =
          Math.max(Float.MIN_NORMAL, Math.abs(offsets.get(out)) / (inputScale * MOST_STEPS));
      for (int i = out * size; i < (out + 1) * size; i++) {
        scale = Math.max(scale, Math.abs(values.get(i)) / Byte.MAX_VALUE);
      }
      for (int i = out * size; i < (out + 1) * size; i++) {
        codes[i] = (byte) Math.round(values.get(i) / scale);
      }
      scales[out] = scale;
      steps.putInt(Math.round(offsets.get(out) / (inputScale * scale)));
    }
    long[] shape = weight.getDimsList().stream().mapToLong(Long::longValue).toArray();
    return new QuantizedKernels(
        QuantizedMatrix.tensor(node + ".kernels", DataType.INT8, codes, shape),
        QuantizedMatrix.tensor(node + ".kernel-scales", scales, outputs),
        QuantizedMatrix.tensor(node + ".kernel-zeroes", DataType.INT8, new byte[outputs], outputs),
        QuantizedMatrix.tensor(node + ".bias", DataType.INT32, steps.array(), outputs));
  }

  /** Returns what a graph stores of them. */
  List<TensorProto> initializers() {
    return List.of(kernels, scales, zeroes, bias);
  }

  private static FloatBuffer floats(TensorProto tensor) {
    return tensor
        .getRawData()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer();
  }
}
