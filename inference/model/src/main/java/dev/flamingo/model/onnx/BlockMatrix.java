package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.flamingo.model.checkpoint.StoredTensor;
import java.util.List;

/**
 * A weight in blocks of 32 along its inputs, each with a scale and a zero point of its own, as
 * {@code MatMulNBits} takes it: a weight is {@code (code - zero point) * scale}, zero is kept
 * exactly and all else within half a scale. Codes of 4 bits share a byte, the first in its lower
 * half.
 *
 * @param name the weight's
 * @param bits 4 or 8
 * @param outputs rows of the weight
 * @param inputs a multiple of {@link #BLOCK}
 */
record BlockMatrix(String name, int bits, int outputs, int inputs) implements QuantizedMatrix {

  /**
   * Weights that share a scale: the smallest for which ONNX Runtime has fast kernels throughout.
   */
  static final int BLOCK = 32;

  /** Activations become whole numbers of 8 bits, with a scale for every block of a row. */
  private static final int INTEGER_PRODUCTS = 4;

  @Override
  public String operator() {
    return "MatMulNBits";
  }

  @Override
  public List<AttributeProto> attributes() {
    return List.of(
        QuantizedMatrix.integer("K", inputs),
        QuantizedMatrix.integer("N", outputs),
        QuantizedMatrix.integer("bits", bits),
        QuantizedMatrix.integer("block_size", BLOCK),
        QuantizedMatrix.integer("accuracy_level", INTEGER_PRODUCTS));
  }

  @Override
  public List<String> names() {
    return List.of(name + ".codes", name + ".scales", name + ".zero_points");
  }

  @Override
  public List<TensorProto> encode(StoredTensor weight) {
    int blocks = inputs / BLOCK;
    // A row's zero points end with a byte.
    int zeroPointBytes = (blocks * bits + 7) / 8;
    byte[] codes = new byte[Math.toIntExact((long) outputs * inputs * bits / 8)];
    byte[] zeroPoints = new byte[outputs * zeroPointBytes];
    float[] scales = new float[outputs * blocks];
    float[] row = new float[inputs];
    int levels = (1 << bits) - 1;
    for (int out = 0; out < outputs; out++) {
      weight.read((long) out * inputs, row, inputs);
      for (int block = 0; block < blocks; block++) {
        float low = 0;
        float high = 0;
        for (int in = block * BLOCK; in < (block + 1) * BLOCK; in++) {
          low = Math.min(low, row[in]);
          high = Math.max(high, row[in]);
        }
        float scale = (high - low) / levels;
        int zeroPoint = scale == 0 ? 0 : Math.round(-low / scale);
        scales[out * blocks + block] = scale;
        put(zeroPoints, (long) out * zeroPointBytes * 8 / bits + block, zeroPoint);
        for (int in = block * BLOCK; in < (block + 1) * BLOCK; in++) {
          int steps = scale == 0 ? 0 : Math.round(row[in] / scale);
          put(codes, (long) out * inputs + in, Math.max(0, Math.min(levels, steps + zeroPoint)));
        }
      }
    }
    List<String> names = names();
    return List.of(
        QuantizedMatrix.tensor(
            names.get(0), TensorProto.DataType.UINT8, codes, outputs, blocks, BLOCK * bits / 8),
        QuantizedMatrix.tensor(names.get(1), scales, outputs, blocks),
        QuantizedMatrix.tensor(
            names.get(2), TensorProto.DataType.UINT8, zeroPoints, outputs, zeroPointBytes));
  }

  private void put(byte[] packed, long index, int code) {
    long bit = index * bits;
    packed[(int) (bit / 8)] |= (byte) (code << (bit % 8));
  }
}
