package dev.flamingo.model.serving;

import ai.djl.engine.Engine;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.tensorrt.global.nvonnxparser;

/** Brings DJL's TensorRT up. */
final class TensorRtStart {

  static final String ENGINE = "TensorRT";

  private static final String CUDA = "libcudart.so.12";

  private TensorRtStart() {}

  /**
   * Starts the engine if nobody has; costs nothing afterwards.
   *
   * @throws IllegalStateException if CUDA's library is not on the path of native libraries
   * @throws LinkageError if a library of TensorRT is not
   */
  static void ensure() {
    // JavaCPP's bound on the memory of the whole process, which a large model exceeds; read once.
    System.getProperties().putIfAbsent("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    // DJL's library calls CUDA without naming the library that has it.
    Loader.loadGlobal(cuda().toString());
    String unused = Loader.load(nvonnxparser.class);
    Engine.getEngine(ENGINE);
  }

  private static Path cuda() {
    return Stream.of(System.getProperty("java.library.path", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder).resolve(CUDA))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(CUDA + " is in no folder of LD_LIBRARY_PATH"));
  }
}
