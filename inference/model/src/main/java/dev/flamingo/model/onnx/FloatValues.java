package dev.flamingo.model.onnx;

import dev.flamingo.model.checkpoint.StoredTensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A parameter in 32-bit floating point, a part at a time.
 *
 * @param tensor the parameter
 */
record FloatValues(StoredTensor tensor) implements WeightStore.Values {

  /** 4 MB: a strip of a transposed matrix is read row by row, and should not be narrow. */
  private static final int CHUNK = 1 << 20;

  long bytes() {
    return tensor.size() * Float.BYTES;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    long size = tensor.size();
    int most = (int) Math.min(size, CHUNK);
    float[] values = new float[most];
    ByteBuffer bytes = ByteBuffer.allocate(most * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long from = 0; from < size; from += CHUNK) {
      int count = (int) Math.min(CHUNK, size - from);
      tensor.read(from, values, count);
      bytes.asFloatBuffer().put(values, 0, count);
      out.write(bytes.array(), 0, count * Float.BYTES);
    }
  }
}
