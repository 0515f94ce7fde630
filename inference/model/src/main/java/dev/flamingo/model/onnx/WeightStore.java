package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where graphs keep the values of their parameters. */
interface WeightStore {

  /**
   * Keeps values.
   *
   * @param described a tensor's name, type and shape
   * @param bytes of all values
   * @param values writes them, little-endian
   * @return the tensor with its values or with the place where they lie
   * @throws IOException if they cannot be read or written
   */
  TensorProto keep(TensorProto described, long bytes, Values values) throws IOException;

  /**
   * Keeps a weight in few bits.
   *
   * @param encoded what a graph stores of it, in itself
   * @return the same, each with its values or with the place where they lie
   * @throws IOException if they cannot be written
   */
  default List<TensorProto> keep(QuantizedMatrix matrix, List<TensorProto> encoded)
      throws IOException {
    List<TensorProto> kept = new ArrayList<>();
    for (TensorProto part : encoded) {
      ByteString values = part.getRawData();
      TensorProto described = part.toBuilder().clearRawData().build();
      kept.add(keep(described, values.size(), values::writeTo));
    }
    return kept;
  }

  /**
   * Returns what lays weights out when they are kept; null where the runtime does so whenever it
   * loads a graph.
   */
  default @Nullable WeightLayout layout() {
    return null;
  }

  /**
   * Keeps values that are one graph's alone: another's of the same name are others.
   *
   * @param computed the tensor with its values
   * @throws IOException if they cannot be written
   */
  default TensorProto keepOwn(TensorProto computed) throws IOException {
    return computed;
  }

  /** Values that are written when they are wanted. */
  interface Values {

    /** Writes all of them. */
    void writeTo(OutputStream out) throws IOException;
  }
}
