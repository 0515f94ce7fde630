package dev.flamingo.standalone;

import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.model.serving.Device;
import dev.flamingo.model.serving.QuantizationChoice;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What models run on and how.
 *
 * @param engine {@code onnxruntime}, {@code tensorrt} or {@code auto}
 * @param device what ONNX Runtime computes on: {@code cpu}, {@code cuda} or {@code tensorrt}; empty
 *     for what suits the engine
 * @param quantization how language models keep their weights: {@code auto} or a kind; empty for
 *     {@code auto}
 */
public record EngineChoice(String engine, Optional<String> device, Optional<String> quantization) {

  /** The usual engine. */
  static final String USUAL = "onnxruntime";

  private static final String AUTO = "auto";
  private static final String TENSORRT = "tensorrt";

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if one names what does not exist, or two do not go together
   */
  public EngineChoice {
    if (!Set.of(USUAL, AUTO, TENSORRT).contains(engine)) {
      throw new IllegalArgumentException(
          "'%s' is no engine: give onnxruntime, tensorrt or auto".formatted(engine));
    }
    Optional<Device> named = device.map(EngineChoice::named);
    if (engine.equals(TENSORRT) && named.filter(it -> it != Device.TENSORRT).isPresent()) {
      throw new IllegalArgumentException(
          "device '%s' is nothing for djl's tensorrt: leave it out, or set engine to onnxruntime"
              .formatted(device.get()));
    }
    Optional<QuantizationChoice> unused = quantization.map(QuantizationChoice::named);
  }

  /** Returns whether anything differs from the usual. */
  public boolean chosen() {
    return !engine.equals(USUAL) || device.isPresent() || quantization.isPresent();
  }

  /**
   * Returns the device to run on. Where nothing is left to choose, it is what was asked for,
   * whether this machine has it or not.
   *
   * @param log receives, in a sentence, what is taken and why
   */
  public Device device(Consumer<String> log) {
    if (engine.equals(TENSORRT)) {
      log.accept("engine: tensorrt 8.6 by djl, as the setting engine says");
      return Device.DJL_TENSORRT;
    }
    Device chosen;
    String why;
    if (device.isPresent()) {
      chosen = named(device.get());
      why = "as the setting device says";
    } else if (engine.equals(USUAL)) {
      chosen = Device.CPU;
      why = "since the setting device says nothing else";
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
   * @param log receives, in a sentence, what is taken and why
   */
  public Quantization quantization(Device device, Consumer<String> log) {
    QuantizationChoice choice =
        quantization.map(QuantizationChoice::named).orElse(QuantizationChoice.AUTO);
    Quantization kind = choice.on(device);
    log.accept(
        "weights: %s, %s"
            .formatted(
                kind.label(),
                choice.kind().isPresent()
                    ? "as the setting quantize says"
                    : "which suits %s".formatted(device.label())));
    return kind;
  }

  private static Device named(String name) {
    return Stream.of(Device.CPU, Device.CUDA, Device.TENSORRT)
        .filter(device -> device.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no device: give cpu, cuda or tensorrt".formatted(name)));
  }
}
