package dev.flamingo.model.serving;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.bytedeco.tensorrt.nvinfer.ILogger;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvonnxparser.IParser;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds TensorRT's plans of ONNX graphs: DJL would do it at every load, with hardly any memory to
 * try kernels in.
 */
final class TensorRtPlanBuilder {

  private static final Logger LOG = LoggerFactory.getLogger(TensorRtPlanBuilder.class);
  private static final long WORKSPACE = 4L << 30;
  private static final int EXPLICIT_BATCH =
      1 << nvinfer.NetworkDefinitionCreationFlag.kEXPLICIT_BATCH.value;

  /** What TensorRT has to say. */
  private static final class Log extends ILogger {

    @Override
    public void log(Severity severity, String message) {
      if (severity.value <= Severity.kERROR.value) {
        LOG.error("tensorrt: {}", message);
      } else {
        LOG.debug("tensorrt: {}", message);
      }
    }
  }

  /** What TensorRT makes on the way to a plan, freed last to first: the builder outlives all. */
  private static final class Made implements AutoCloseable {

    private final Deque<Runnable> destroy = new ArrayDeque<>();

    <T extends Pointer> T add(@Nullable T pointer, Consumer<T> free) throws IOException {
      if (pointer == null || pointer.isNull()) {
        throw new IOException("tensorrt does not build: its errors in the log say why");
      }
      destroy.push(() -> free.accept(pointer));
      return pointer;
    }

    @Override
    public void close() {
      destroy.forEach(Runnable::run);
    }
  }

  /**
   * Builds a plan for the first GPU, in full 32-bit floats: the answers are the CPU's.
   *
   * @throws IOException if TensorRT does not take the graph
   */
  // C++ deletes what Java can but destroy.
  @SuppressWarnings("deprecation")
  byte[] build(Path onnx) throws IOException {
    try (Log log = new Log();
        Made made = new Made()) {
      IBuilder builder = made.add(nvinfer.createInferBuilder(log), IBuilder::destroy);
      INetworkDefinition network =
          made.add(builder.createNetworkV2(EXPLICIT_BATCH), INetworkDefinition::destroy);
      IParser parser = made.add(nvonnxparser.createParser(network, log), IParser::destroy);
      if (!parser.parseFromFile(onnx.toString(), ILogger.Severity.kWARNING.value)) {
        throw new IOException(
            "tensorrt does not take %s: %s"
                .formatted(
                    onnx,
                    parser.getNbErrors() == 0 ? "it does not say why" : parser.getError(0).desc()));
      }
      IBuilderConfig config = made.add(builder.createBuilderConfig(), IBuilderConfig::destroy);
      config.setMemoryPoolLimit(nvinfer.MemoryPoolType.kWORKSPACE, WORKSPACE);
      config.clearFlag(nvinfer.BuilderFlag.kTF32);
      IHostMemory plan =
          made.add(builder.buildSerializedNetwork(network, config), IHostMemory::destroy);
      byte[] bytes = new byte[Math.toIntExact(plan.size())];
      new BytePointer(plan.data()).get(bytes);
      return bytes;
    }
  }
}
