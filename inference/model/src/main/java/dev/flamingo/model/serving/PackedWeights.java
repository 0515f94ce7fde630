package dev.flamingo.model.serving;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.flamingo.model.onnx.WeightLayout;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights as ONNX Runtime's kernels on this processor compute with them, and constants by it. It
 * saves them only with whole models, so each product is saved as a model of its own: no more than
 * one weight is in memory, and what is saved can be named by any graph.
 */
final class PackedWeights implements WeightLayout {

  private static final String FILE = "packed.bin";
  private static final String PACKED = "prepacked_";

  @Override
  public List<LaidOut> of(ModelProto product) throws IOException {
    OnnxRuntimeStart.ensure();
    Path folder = Files.createTempDirectory("flamingo-packed");
    try {
      Path model = folder.resolve("packed.onnx");
      save(product, model);
      return read(model);
    } catch (OrtException e) {
      throw new IOException("onnx runtime does not lay out a weight: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(folder.resolve("packed.onnx"));
      Files.deleteIfExists(folder.resolve(FILE));
      Files.delete(folder);
    }
  }

  @Override
  public TensorProto compute(ModelProto constant) throws IOException {
    try {
      return FoldedGraph.compute(constant).get(0);
    } catch (OrtException e) {
      throw new IOException("onnx runtime does not compute a constant: " + e.getMessage(), e);
    }
  }

  private static void save(ModelProto product, Path model) throws OrtException {
    try (NativeCalls.Call call = OnnxRuntimeStart.call();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      options.setOptimizedModelFilePath(model.toString());
      options.addConfigEntry("session.optimized_model_external_initializers_file_name", FILE);
      options.addConfigEntry("session.save_external_prepacked_constant_initializers", "1");
      OrtEnvironment.getEnvironment().createSession(product.toByteArray(), options).close();
    }
  }

  private static List<LaidOut> read(Path model) throws IOException {
    List<LaidOut> all = new ArrayList<>();
    try (RandomAccessFile values = new RandomAccessFile(model.resolveSibling(FILE).toFile(), "r")) {
      for (TensorProto weight :
          ModelProto.parseFrom(Files.readAllBytes(model)).getGraph().getInitializerList()) {
        for (StringStringEntryProto entry : weight.getExternalDataList()) {
          if (entry.getKey().startsWith(PACKED)) {
            all.add(read(weight.getName(), entry.getValue(), values));
          }
        }
      }
    }
    return all;
  }

  /** Reads {@code key|offset;length;checksum}. */
  private static LaidOut read(String weight, String entry, RandomAccessFile values)
      throws IOException {
    String[] parts = entry.split("\\|", -1);
    if (parts.length != 2) {
      throw new IOException("onnx runtime lays %s out in %d parts".formatted(weight, parts.length));
    }
    String[] place = parts[1].split(";", -1);
    byte[] bytes = new byte[Integer.parseInt(place[1])];
    values.seek(Long.parseLong(place[0]));
    values.readFully(bytes);
    return new LaidOut(weight, parts[0], bytes);
  }
}
