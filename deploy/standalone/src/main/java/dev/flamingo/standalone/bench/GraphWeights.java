package dev.flamingo.standalone.bench;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The weights that are stored in a graph.
 *
 * @param bytes of all of them together
 */
record GraphWeights(long bytes) {

  /**
   * Reads a graph.
   *
   * @throws IOException if it cannot be read
   */
  static GraphWeights of(Path onnx) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(onnx))) {
      return new GraphWeights(
          ModelProto.parseFrom(in).getGraph().getInitializerList().stream()
              .mapToLong(weight -> weight.getRawData().size())
              .sum());
    }
  }
}
