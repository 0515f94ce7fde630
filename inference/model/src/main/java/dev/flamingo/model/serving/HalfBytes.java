package dev.flamingo.model.serving;

import dev.flamingo.model.checkpoint.Half;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers in half precision, little-endian, without any header. */
final class HalfBytes {

  private HalfBytes() {}

  static byte[] of(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putShort(Half.of(value));
    }
    return bytes.array();
  }

  static float[] toFloats(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.length / 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = Half.toFloat(buffer.getShort());
    }
    return values;
  }
}
