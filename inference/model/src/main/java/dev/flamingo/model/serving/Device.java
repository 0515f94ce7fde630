package dev.flamingo.model.serving;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What models compute on, and by which engine. */
public enum Device {
  /** The processor, by ONNX Runtime. */
  CPU,

  /** The first NVIDIA GPU, by ONNX Runtime with CUDA. */
  CUDA,

  /** The first NVIDIA GPU, by ONNX Runtime with TensorRT 10. */
  TENSORRT,

  /**
   * The first NVIDIA GPU, by DJL's TensorRT engine with TensorRT 8.6: graphs of fixed shapes, whole
   * answers in one call.
   */
  DJL_TENSORRT;

  /** As ONNX Runtime words it; error 2 is that of memory. */
  private static final Pattern LOST =
      Pattern.compile(
          "\\b(?:CUDA failure (?!2:)|CUDNN failure |CUBLAS failure |CUFFT failure |CURAND failure )"
              + "|TensorRT EP .*failed");

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
                    "'%s' is no device: say %s"
                        .formatted(
                            name,
                            Stream.of(values())
                                .map(Device::label)
                                .collect(Collectors.joining(" or ")))));
  }

  /** Returns its name for people. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns what keeps this machine from computing on it, in a sentence; empty if nothing does. */
  public Optional<String> missing() {
    return engine().missing();
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

  /** Returns what runs graphs on it. */
  GraphEngine engine() {
    return switch (this) {
      case CPU -> OnnxRuntimeEngine.CPU;
      case CUDA -> OnnxRuntimeEngine.CUDA;
      case TENSORRT -> OnnxRuntimeEngine.TENSORRT;
      case DJL_TENSORRT -> new TensorRtEngine();
    };
  }

  /**
   * Returns whether a failure leaves this device unusable for the rest of the process: after an
   * error of CUDA every later call fails, too, but where memory was short. DJL's TensorRT ends the
   * process by itself.
   */
  boolean isLostBy(Throwable failure) {
    boolean lost = false;
    for (Throwable cause = failure; cause != null && this != CPU; cause = cause.getCause()) {
      lost |= LOST.matcher(String.valueOf(cause.getMessage())).find();
    }
    return lost;
  }
}
