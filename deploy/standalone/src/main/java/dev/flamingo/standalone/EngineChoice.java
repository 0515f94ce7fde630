package dev.flamingo.standalone;

import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.model.serving.Device;
import dev.flamingo.model.serving.QuantizationChoice;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What models run on and how, as the environment says it.
 *
 * @param engine {@code onnxruntime}, {@code tensorrt} or {@code auto}
 * @param device what ONNX Runtime computes on: {@code cpu}, {@code cuda} or {@code tensorrt}; empty
 *     where nothing is said
 * @param quantization how language models keep their weights: {@code auto} or a kind; empty where
 *     nothing is said
 */
public record EngineChoice(String engine, Optional<String> device, Optional<String> quantization) {

  private static final String DEFAULT = "onnxruntime";
  private static final String ENGINE = "FLAMINGO_ENGINE";
  private static final String DEVICE = "FLAMINGO_DEVICE";
  private static final String QUANTIZE = "FLAMINGO_QUANTIZE";

  /**
   * Reads {@code FLAMINGO_ENGINE}, {@code FLAMINGO_DEVICE} and {@code FLAMINGO_QUANTIZE}; without,
   * the CPU is taken and what suits it.
   */
  public static EngineChoice of(Map<String, String> environment) {
    return new EngineChoice(
        environment.getOrDefault(ENGINE, DEFAULT),
        Optional.ofNullable(environment.get(DEVICE)),
        Optional.ofNullable(environment.get(QUANTIZE)));
  }

  /** Returns whether the environment says anything. */
  public boolean said() {
    return !engine.equals(DEFAULT) || device.isPresent() || quantization.isPresent();
  }

  /**
   * Returns the device to run on. Where nothing is left to choose, it is what was asked for,
   * whether this machine has it or not.
   *
   * @param log hears, in a sentence, what is taken and why
   * @throws IllegalArgumentException if the environment names what does not exist, or what does not
   *     go together
   */
  public Device device(Consumer<String> log) {
    return switch (engine) {
      case DEFAULT, "auto" -> chosen(log);
      case "tensorrt" -> tensorRt(log);
      default ->
          throw new IllegalArgumentException(
              "%s '%s' is no engine: say onnxruntime, tensorrt or auto".formatted(ENGINE, engine));
    };
  }

  private Device tensorRt(Consumer<String> log) {
    if (device.isPresent() && named(device.get()) != Device.TENSORRT) {
      throw new IllegalArgumentException(
          "%s '%s' is nothing for djl's tensorrt: leave it out, or set %s=onnxruntime"
              .formatted(DEVICE, device.get(), ENGINE));
    }
    log.accept("engine: tensorrt 8.6 by djl, as %s says".formatted(ENGINE));
    return Device.DJL_TENSORRT;
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

  /**
   * Returns how language models keep their weights on a device.
   *
   * @param log hears, in a sentence, what is taken and why
   * @throws IllegalArgumentException if the environment names what does not exist
   */
  public Quantization quantization(Device device, Consumer<String> log) {
    try {
      QuantizationChoice choice =
          quantization.map(QuantizationChoice::named).orElse(QuantizationChoice.AUTO);
      Quantization kind = choice.on(device);
      log.accept(
          "weights: %s, %s"
              .formatted(
                  kind.label(),
                  choice.kind().isPresent()
                      ? "as %s says".formatted(QUANTIZE)
                      : "which suits %s".formatted(device.label())));
      return kind;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s %s".formatted(QUANTIZE, e.getMessage()), e);
    }
  }

  private static Device named(String name) {
    return Stream.of(Device.CPU, Device.CUDA, Device.TENSORRT)
        .filter(device -> device.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s '%s' is no device: say cpu, cuda or tensorrt".formatted(DEVICE, name)));
  }
}
