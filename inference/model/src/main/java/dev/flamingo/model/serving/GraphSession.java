package dev.flamingo.model.serving;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.onnxruntime.engine.OrtNDArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** One loaded graph, whichever engine runs it. Safe for use by several threads. */
interface GraphSession extends AutoCloseable {

  /** Returns a manager for the tensors of one run or of several that belong together. */
  NDManager newManager();

  /**
   * Runs the graph on named inputs, whose rows are as many as {@link #filled} says; the outputs
   * belong to the manager of the first.
   */
  NDList run(NDList inputs);

  /**
   * Returns how many rows a run takes at most.
   *
   * @param row the shape of a row of the first input
   * @throws IllegalArgumentException if the graph takes no such row
   */
  default int most(long... row) {
    return Integer.MAX_VALUE;
  }

  /**
   * Returns how many rows a run of so many takes: the rest is filled with anything, and what comes
   * of it stands behind the others.
   *
   * @param rows at most as many as {@link #most} says
   * @param row the shape of a row of the first input
   */
  default int filled(int rows, long... row) {
    return rows;
  }

  @Override
  void close();

  static NDArray tensor(NDManager manager, String name, float[] values, long... shape) {
    NDArray tensor = manager.create(values, new Shape(shape));
    tensor.setName(name);
    return tensor;
  }

  /** The same without a copy, for values in a buffer of {@link #buffer}. */
  static NDArray tensor(NDManager manager, String name, FloatBuffer values, long... shape) {
    NDArray tensor = manager.create(values, new Shape(shape));
    tensor.setName(name);
    return tensor;
  }

  static NDArray tensor(NDManager manager, String name, long[] values, long... shape) {
    NDArray tensor = manager.create(values, new Shape(shape));
    tensor.setName(name);
    return tensor;
  }

  /**
   * Returns zeroes outside the heap, which a graph reads where they lie.
   *
   * @throws ArithmeticException if they are more than 2 GB
   */
  static FloatBuffer buffer(long size) {
    return ByteBuffer.allocateDirect(Math.toIntExact(size * Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  static NDArray tensor(NDManager manager, String name, int[] values, long... shape) {
    NDArray tensor = manager.create(values, new Shape(shape));
    tensor.setName(name);
    return tensor;
  }

  /** Returns the whole numbers of an output of 32 bits. */
  static IntBuffer integers(NDArray output) {
    return output instanceof OrtNDArray tensor
        ? tensor.getTensor().getIntBuffer()
        : output.toByteBuffer().asIntBuffer();
  }

  /**
   * Returns the values of an output; of ONNX Runtime's, the detour through a byte array would be
   * ten times slower.
   */
  static FloatBuffer values(NDArray output) {
    return output instanceof OrtNDArray tensor
        ? tensor.getTensor().getFloatBuffer()
        : output.toByteBuffer().asFloatBuffer();
  }
}
