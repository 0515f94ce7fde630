package dev.flamingo.model.serving;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A graph as ONNX Runtime simplifies it before it lays it out for a processor: constants are
 * computed, activations that are spelt out are one node each. Convolutions stay nodes of their own.
 */
final class OptimizedGraph {

  private OptimizedGraph() {}

  /** Returns a graph that computes the same. */
  static ModelProto of(byte[] onnx) throws OrtException {
    OnnxRuntimeStart.ensure();
    try {
      Path file = Files.createTempFile("flamingo-optimized", ".onnx");
      try (NativeCalls.Call call = OnnxRuntimeStart.call();
          OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setOptimizationLevel(OptLevel.EXTENDED_OPT);
        options.setOptimizedModelFilePath(file.toString());
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        options.addConfigEntry("optimization.disable_specified_optimizers", "ConvActivationFusion");
        OrtEnvironment.getEnvironment().createSession(onnx, options).close();
        return ModelProto.parseFrom(Files.readAllBytes(file));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary file can be written", e);
    }
  }
}
