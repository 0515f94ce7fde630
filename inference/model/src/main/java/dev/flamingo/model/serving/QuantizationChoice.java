package dev.flamingo.model.serving;

import dev.flamingo.model.onnx.Quantization;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a language model that is served keeps its weights, as somebody says it.
 *
 * @param kind the kind that is named; empty for the one that suits the device
 */
public record QuantizationChoice(Optional<Quantization> kind) {

  /** The kind that suits the device. */
  public static final QuantizationChoice AUTO = new QuantizationChoice(Optional.empty());

  private static final String AUTO_NAME = "auto";

  /**
   * Returns the choice of a name: {@code auto}, or the {@linkplain Quantization#label label} of a
   * kind.
   *
   * @throws IllegalArgumentException if there is none, with what there is
   */
  public static QuantizationChoice named(String name) {
    if (name.equals(AUTO_NAME)) {
      return AUTO;
    }
    return Arrays.stream(Quantization.values())
        .filter(kind -> kind.label().equals(name))
        .findFirst()
        .map(kind -> new QuantizationChoice(Optional.of(kind)))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no quantization: say auto, none, int8, blocks8 or blocks4"
                        .formatted(name)));
  }

  /**
   * Returns the kind for a device. Where none is named, it is the fastest that loses at most half a
   * point on the street: {@link Quantization#BLOCKS8} on the CPU, and none elsewhere.
   */
  public Quantization on(Device device) {
    return kind.orElse(device == Device.CPU ? Quantization.BLOCKS8 : Quantization.NONE);
  }
}
