package dev.flamingo.standalone.bench;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The weights that a graph reads, in itself or beside it.
 *
 * @param bytes of all of them together
 * @param quantizedBytes of those in few bits, with their scales and zero points, and as they are
 *     laid out for the processor
 * @param quantizedParameters how many of those there are, in 4 bits
 */
record GraphWeights(long bytes, long quantizedBytes, long quantizedParameters) {

  private static final String CODES = ".codes";

  /**
   * Reads a graph.
   *
   * @throws IOException if it cannot be read
   */
  static GraphWeights of(Path onnx) throws IOException {
    long bytes = 0;
    long quantized = 0;
    long parameters = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(onnx))) {
      for (TensorProto weight : ModelProto.parseFrom(in).getGraph().getInitializerList()) {
        long stored = weight.getRawData().size();
        long codes = stored;
        for (StringStringEntryProto entry : weight.getExternalDataList()) {
          if (entry.getKey().equals("length")) {
            codes = Long.parseLong(entry.getValue());
            stored += codes;
          } else if (entry.getKey().startsWith("prepacked_")) {
            stored += Long.parseLong(entry.getValue().split(";", -1)[1]);
          }
        }
        bytes += stored;
        if (weight.getName().matches(".*\\.(codes|scales|zero_points)")) {
          quantized += stored;
        }
        if (weight.getName().endsWith(CODES)) {
          parameters += 2 * codes;
        }
      }
    }
    return new GraphWeights(bytes, quantized, parameters);
  }
}
