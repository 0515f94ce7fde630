package dev.flamingo.standalone;

import dev.flamingo.model.serving.Device;
import java.util.Locale;
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

  private static final String ENGINE = "FLAMINGO_ENGINE";
  private static final String DEVICE = "FLAMINGO_DEVICE";

  /** Reads {@code FLAMINGO_ENGINE} and {@code FLAMINGO_DEVICE}; without, the CPU is taken. */
  public static EngineChoice of(Map<String, String> environment) {
    return new EngineChoice(
        environment.getOrDefault(ENGINE, "onnxruntime"),
        Optional.ofNullable(environment.get(DEVICE)));
  }

  /**
   * Returns the device to run on. Where nothing is left to choose, it is what was asked for,
   * whether this machine has it or not.
   *
   * @param log hears, in a sentence, what {@code auto} took and why
   * @throws IllegalArgumentException if the environment names what does not exist
   * @throws IllegalStateException if it names an engine that does not run here
   */
  public Device device(Consumer<String> log) {
    return switch (engine) {
      case "onnxruntime" -> named().orElse(Device.CPU);
      case "auto" -> best(log);
      case "tensorrt" ->
          throw new IllegalStateException(
              "djl's tensorrt engine is not built in: set %s=onnxruntime and %s=tensorrt"
                  .formatted(ENGINE, DEVICE));
      default ->
          throw new IllegalArgumentException(
              "%s '%s' is no engine: say onnxruntime, tensorrt or auto".formatted(ENGINE, engine));
    };
  }

  private Optional<Device> named() {
    return device.map(
        name ->
            switch (name) {
              case "cpu" -> Device.CPU;
              case "cuda" -> Device.CUDA;
              case "tensorrt" -> Device.TENSORRT;
              default ->
                  throw new IllegalArgumentException(
                      "%s '%s' is no device: say cpu, cuda or tensorrt".formatted(DEVICE, name));
            });
  }

  private Device best(Consumer<String> log) {
    Optional<Device> named = named();
    if (named.isPresent()) {
      log.accept("engine: onnxruntime on %s, as %s says".formatted(label(named.get()), DEVICE));
      return named.get();
    }
    // TensorRT is not taken by itself: it builds for minutes before the first answer.
    Optional<String> missing = Device.CUDA.missing();
    Device best = missing.isPresent() ? Device.CPU : Device.CUDA;
    log.accept(
        "engine: onnxruntime on %s, since %s"
            .formatted(label(best), missing.orElse("a gpu is there")));
    return best;
  }

  private static String label(Device device) {
    return device.name().toLowerCase(Locale.ROOT);
  }
}
