package dev.flamingo.model.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values in one file beside the graphs of a model, which name their place in it (ONNX's external
 * data). What several graphs read is there once: within a model, a name stands for the same values.
 * Runtimes map it, so that its pages are shared and can be dropped. Values of a few hundred bytes
 * stay in the graphs.
 *
 * <p>Not thread-safe.
 */
public final class WeightFile implements WeightStore, AutoCloseable {

  private static final int BUFFER = 1 << 20;

  /** Values from so many bytes on are kept in the file. */
  private static final int LEAST_BYTES = 1024;

  /** A mapping begins at a page. */
  private static final int ALIGNMENT = 4096;

  /** Where ONNX Runtime looks for a parameter as its operator computes with it. */
  private static final String LAID_OUT = "prepacked_0";

  private final String location;
  private final @Nullable WeightLayout layout;
  private final OutputStream out;
  private final WeightStore small = new InlineWeights();
  private final Map<String, TensorProto> kept = new HashMap<>();
  private long length;

  /**
   * Begins a file, over an older one.
   *
   * @param path where it is written
   * @param location the name by which graphs in the same folder find it later
   * @param layout prepares weights for the processor; null for nothing
   * @throws IOException if it cannot be written
   */
  public WeightFile(Path path, String location, @Nullable WeightLayout layout) throws IOException {
    this.location = location;
    this.layout = layout;
    out = new BufferedOutputStream(Files.newOutputStream(path), BUFFER);
  }

  @Override
  public TensorProto keep(TensorProto described, long bytes, Values values) throws IOException {
    if (bytes < LEAST_BYTES) {
      return small.keep(described, bytes, values);
    }
    TensorProto known = kept.get(described.getName());
    if (known != null) {
      return known;
    }
    TensorProto placed = placed(described.toBuilder(), bytes, values);
    kept.put(described.getName(), placed);
    return placed;
  }

  @Override
  public @Nullable WeightLayout layout() {
    return layout;
  }

  @Override
  public TensorProto keepOwn(TensorProto computed) throws IOException {
    ByteString values = computed.getRawData();
    return values.size() < LEAST_BYTES
        ? computed
        : placed(computed.toBuilder().clearRawData(), values.size(), values::writeTo);
  }

  @Override
  public List<TensorProto> keep(QuantizedMatrix matrix, List<TensorProto> encoded)
      throws IOException {
    Map<String, TensorProto> parts = new LinkedHashMap<>();
    boolean known = kept.containsKey(encoded.get(0).getName());
    for (TensorProto part : WeightStore.super.keep(matrix, encoded)) {
      parts.put(part.getName(), part);
    }
    TensorProto codes = Objects.requireNonNull(parts.get(encoded.get(0).getName()));
    if (!known) {
      for (WeightLayout.LaidOut laidOut : laidOut(matrix, encoded, codes)) {
        long offset = append(laidOut.values().length, to -> to.write(laidOut.values()));
        TensorProto with =
            Objects.requireNonNull(parts.get(laidOut.parameter())).toBuilder()
                .addExternalData(
                    entry(
                        LAID_OUT,
                        "%s|%d;%d;0".formatted(laidOut.key(), offset, laidOut.values().length)))
                .build();
        parts.put(with.getName(), with);
        kept.put(with.getName(), with);
      }
    }
    return List.copyOf(parts.values());
  }

  /** A small weight is in the graph: the runtime lays it out when it loads that. */
  private List<WeightLayout.LaidOut> laidOut(
      QuantizedMatrix matrix, List<TensorProto> encoded, TensorProto codes) throws IOException {
    boolean beside = codes.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    return layout != null && beside ? layout.of(GraphWriter.product(matrix, encoded)) : List.of();
  }

  private TensorProto placed(TensorProto.Builder described, long bytes, Values values)
      throws IOException {
    return described
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", location))
        .addExternalData(entry("offset", Long.toString(append(bytes, values))))
        .addExternalData(entry("length", Long.toString(bytes)))
        .build();
  }

  private long append(long bytes, Values values) throws IOException {
    int padding = (int) (-length & (ALIGNMENT - 1));
    out.write(new byte[padding]);
    long offset = length + padding;
    values.writeTo(out);
    length = offset + bytes;
    return offset;
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
