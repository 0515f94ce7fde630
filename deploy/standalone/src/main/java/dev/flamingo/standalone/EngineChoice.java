package dev.flamingo.standalone;

import dev.flamingo.model.serving.Device;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What models run on, as the environment says it.
 *
 * @param engine {@code onnxruntime}, {@code tensorrt} or {@code auto}
 * @param device what ONNX Runtime computes on: {@code cpu}, {@code cuda} or {@code tensorrt}; empty
 *     where nothing is said
 */
public record EngineChoice(String engine, Optional<String> device) {

  private static final String DEFAULT = "onnxruntime";
  private static final String ENGINE = "FLAMINGO_ENGINE";
  private static final String DEVICE = "FLAMINGO_DEVICE";

  /** Reads {@code FLAMINGO_ENGINE} and {@code FLAMINGO_DEVICE}; without, the CPU is taken. */
  public static EngineChoice of(Map<String, String> environment) {
    return new EngineChoice(
        environment.getOrDefault(ENGINE, DEFAULT), Optional.ofNullable(environment.get(DEVICE)));
  }

  /** Returns whether the environment says anything. */
  public boolean said() {
    return !engine.equals(DEFAULT) || device.isPresent();
  }

  /**
   * Returns the device to run on. Where nothing is left to choose, it is what was asked for,
   * whether this machine has it or not.
   *
   * @param log hears, in a sentence, what is taken and why
   * @throws IllegalArgumentException if the environment names what does not exist
   * @throws IllegalStateException if it names an engine that does not run here
   */
  public Device device(Consumer<String> log) {
    return switch (engine) {
      case DEFAULT, "auto" -> chosen(log);
      case "tensorrt" ->
          throw new IllegalStateException(
              "djl's tensorrt engine is not built in: set %s=onnxruntime and %s=tensorrt"
                  .formatted(ENGINE, DEVICE));
      default ->
          throw new IllegalArgumentException(
              "%s '%s' is no engine: say onnxruntime, tensorrt or auto".formatted(ENGINE, engine));
    };
  }

  private Device chosen(Consumer<String> log) {
    Device chosen;
    String why;
    if (device.isPresent()) {
      chosen = named(device.get());
      why = "as %s says".formatted(DEVICE);
    } else if (engine.equals(DEFAULT)) {
      chosen = Device.CPU;
      why = "since %s says nothing else".formatted(DEVICE);
    } else {
      // TensorRT is not taken by itself: it builds for minutes before the first answer.
      Optional<String> missing = Device.CUDA.missing();
      chosen = missing.isPresent() ? Device.CPU : Device.CUDA;
      why = "since " + missing.orElse("a gpu is there");
    }
    log.accept("engine: onnxruntime on %s, %s".formatted(chosen.label(), why));
    return chosen;
  }

  private static Device named(String name) {
    try {
      return Device.named(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(DEVICE + " " + e.getMessage(), e);
    }
  }
}
