package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A weight in blocks of 32 along its inputs, each with a scale and a zero point of its own, as
 * {@code MatMulNBits} takes it: a weight is {@code (code - zero point) * scale}, zero is kept
 * exactly and all else within half a scale. Codes of 4 bits share a byte, the first in its lower
 * half.
 */
final class BlockMatrix implements QuantizedMatrix {

  /**
   * Weights that share a scale: the smallest for which ONNX Runtime has fast kernels throughout.
   */
  static final int BLOCK = 32;

  /** Activations become whole numbers of 8 bits, with a scale for every block of a row. */
  private static final int INTEGER_PRODUCTS = 4;

  private final int bits;
  private final int outputs;
  private final int inputs;
  private final List<TensorProto> stored;

  /**
   * Quantises a weight.
   *
   * @param bits 4 or 8
   * @param weight {@code [outputs, inputs]}
   * @param inputs a multiple of {@link #BLOCK}
   */
  BlockMatrix(String name, int bits, FloatBuffer weight, int outputs, int inputs) {
    this.bits = bits;
    this.outputs = outputs;
    this.inputs = inputs;
    int blocks = inputs / BLOCK;
    // A row's zero points end with a byte.
    int zeroPointBytes = (blocks * bits + 7) / 8;
    byte[] codes = new byte[Math.toIntExact((long) outputs * inputs * bits / 8)];
    byte[] zeroPoints = new byte[outputs * zeroPointBytes];
    float[] scales = new float[outputs * blocks];
    int levels = (1 << bits) - 1;
    for (int i = 0; i < scales.length; i++) {
      float low = 0;
      float high = 0;
      for (int j = i * BLOCK; j < (i + 1) * BLOCK; j++) {
        low = Math.min(low, weight.get(j));
        high = Math.max(high, weight.get(j));
      }
      float scale = (high - low) / levels;
      int zeroPoint = scale == 0 ? 0 : Math.round(-low / scale);
      scales[i] = scale;
      put(zeroPoints, (long) (i / blocks) * zeroPointBytes * 8 / bits + i % blocks, zeroPoint);
      for (int j = i * BLOCK; j < (i + 1) * BLOCK; j++) {
        int steps = scale == 0 ? 0 : Math.round(weight.get(j) / scale);
        put(codes, j, Math.max(0, Math.min(levels, steps + zeroPoint)));
      }
    }
    stored =
        List.of(
            QuantizedMatrix.tensor(
                name + ".codes",
                TensorProto.DataType.UINT8,
                codes,
                outputs,
                blocks,
                BLOCK * bits / 8),
            QuantizedMatrix.tensor(name + ".scales", scales, outputs, blocks),
            QuantizedMatrix.tensor(
                name + ".zero_points",
                TensorProto.DataType.UINT8,
                zeroPoints,
                outputs,
                zeroPointBytes));
  }

  private void put(byte[] packed, long index, int code) {
    long bit = index * bits;
    packed[(int) (bit / 8)] |= (byte) (code << (bit % 8));
  }

  @Override
  public List<TensorProto> initializers() {
    return stored;
  }

  @Override
  public NodeProto product(NodeProto matMul) {
    return QuantizedMatrix.product(matMul, "MatMulNBits", stored)
        .addAttribute(QuantizedMatrix.integer("K", inputs))
        .addAttribute(QuantizedMatrix.integer("N", outputs))
        .addAttribute(QuantizedMatrix.integer("bits", bits))
        .addAttribute(QuantizedMatrix.integer("block_size", BLOCK))
        .addAttribute(QuantizedMatrix.integer("accuracy_level", INTEGER_PRODUCTS))
        .build();
  }
}
