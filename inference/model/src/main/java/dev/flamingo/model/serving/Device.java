package dev.flamingo.model.serving;

import ai.djl.util.cuda.CudaUtils;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What ONNX Runtime computes on. */
public enum Device {
  /** The processor. */
  CPU(OrtProvider.CPU) {
    @Override
    void add(OrtSession.SessionOptions session, Path plans) {
      // It is there by itself.
    }
  },

  /** The first NVIDIA GPU, by CUDA; what CUDA has no kernel for, the processor computes. */
  CUDA(OrtProvider.CUDA) {
    @Override
    void add(OrtSession.SessionOptions session, Path plans) throws OrtException {
      session.addCUDA(FIRST);
    }
  },

  /** The first NVIDIA GPU, by TensorRT; what TensorRT does not take, CUDA computes. */
  TENSORRT(OrtProvider.TENSOR_RT) {
    @Override
    void add(OrtSession.SessionOptions session, Path plans) throws OrtException {
      try (OrtTensorRTProviderOptions options = new OrtTensorRTProviderOptions(FIRST)) {
        options.add("trt_engine_cache_enable", "1");
        options.add("trt_engine_cache_path", plans.toString());
        session.addTensorrt(options);
      }
      session.addCUDA(FIRST);
    }
  };

  private static final int FIRST = 0;

  /** As ONNX Runtime words it; error 2 is that of memory. */
  private static final Pattern LOST =
      Pattern.compile(
          "\\b(?:CUDA failure (?!2:)|CUDNN failure |CUBLAS failure |CUFFT failure |CURAND failure )"
              + "|TensorRT EP .*failed");

  private final OrtProvider provider;

  Device(OrtProvider provider) {
    this.provider = provider;
  }

  abstract void add(OrtSession.SessionOptions session, Path plans) throws OrtException;

  /**
   * Returns the device of a name.
   *
   * @throws IllegalArgumentException if there is none, with what there is
   */
  public static Device named(String name) {
    return Stream.of(values())
        .filter(device -> device.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no device: say cpu, cuda or tensorrt".formatted(name)));
  }

  /** Returns its name for people. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what keeps this machine from computing on it, in a sentence; empty if nothing does. */
  public Optional<String> missing() {
    if (this == CPU) {
      return Optional.empty();
    }
    try {
      OnnxRuntimeStart.ensure();
      if (!OrtEnvironment.getAvailableProviders().contains(provider)) {
        return Optional.of(
            "this build of onnx runtime knows no %s: build with mvn -Pgpu".formatted(label()));
      }
      if (CudaUtils.getGpuCount() == 0) {
        return Optional.of(
            "no nvidia gpu is found: install nvidia's driver, and start with deploy/flamingo, which"
                + " brings cuda 12");
      }
      try (OrtSession.SessionOptions trial = new OrtSession.SessionOptions()) {
        add(trial, Path.of("plans"));
      }
      return Optional.empty();
    } catch (OrtException | LinkageError e) {
      return Optional.of(unusable(e));
    }
  }

  /**
   * Checks that this machine can compute on it.
   *
   * @throws DeviceException if it cannot, with what is missing
   */
  public void require() throws DeviceException {
    Optional<String> missing = missing();
    if (missing.isPresent()) {
      throw new DeviceException(missing.get(), null);
    }
  }

  /**
   * Makes a session compute on it.
   *
   * @param plans folder for what TensorRT builds of graphs, once for every GPU
   * @throws DeviceException if it cannot
   */
  void use(OrtSession.SessionOptions session, Path plans) throws DeviceException {
    require();
    try {
      add(session, plans);
    } catch (OrtException | LinkageError e) {
      throw new DeviceException(unusable(e), e);
    }
  }

  /**
   * Returns whether a failure leaves this device unusable for the rest of the process: after an
   * error of CUDA every later call fails, too, but where memory was short.
   */
  boolean isLostBy(Throwable failure) {
    boolean lost = false;
    for (Throwable cause = failure; cause != null && this != CPU; cause = cause.getCause()) {
      lost |= LOST.matcher(String.valueOf(cause.getMessage())).find();
    }
    return lost;
  }

  private String unusable(Throwable cause) {
    return "%s does not start (%s): install cuda 12 and cudnn 9%s"
        .formatted(label(), cause.getMessage(), this == TENSORRT ? " and tensorrt 10" : "");
  }
}
