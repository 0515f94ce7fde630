package dev.flamingo.model.serving;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import dev.flamingo.model.bundle.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.bytedeco.tensorrt.global.nvinfer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What TensorRT makes of graphs, kept beside them: built once for every graph, kind of GPU and
 * version of TensorRT.
 */
final class TensorRtPlans {

  private static final Logger LOG = LoggerFactory.getLogger(TensorRtPlans.class);
  private static final int KEY = 16;

  private final TensorRtPlanBuilder builder = new TensorRtPlanBuilder();

  /**
   * Returns the plan of a graph, and builds it where it is not there.
   *
   * @throws IOException if TensorRT does not take the graph, or a file cannot be read or written
   */
  Path of(Path onnx) throws IOException {
    String graph = onnx.getFileName().toString().replace(".onnx", "");
    Path folder = Files.createDirectories(onnx.resolveSibling("plans"));
    Path plan = folder.resolve("%s-%s.trt".formatted(graph, key(onnx).substring(0, KEY)));
    if (!Files.isRegularFile(plan)) {
      LOG.info("tensorrt builds its plan of {}, a minute or more the first time", graph);
      // Whole or not at all: another process may look for it.
      Path part = Files.createTempFile(folder, "." + graph, ".part");
      try {
        Files.write(part, builder.build(onnx));
        Files.move(part, plan, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    }
    return plan;
  }

  private static String key(Path onnx) throws IOException {
    // A plan runs on the kind of GPU that it was built on, which these two tell apart.
    String gpu =
        "%s %d"
            .formatted(
                CudaUtils.getComputeCapability(0), CudaUtils.getGpuMemory(Device.gpu(0)).getMax());
    return Sha256.of(
        (Sha256.of(onnx) + " " + gpu + " " + nvinfer.getInferLibVersion())
            .getBytes(StandardCharsets.UTF_8));
  }
}
