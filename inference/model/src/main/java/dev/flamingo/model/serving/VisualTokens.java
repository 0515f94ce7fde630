package dev.flamingo.model.serving;

import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.checkpoint.MapWeights;
import dev.flamingo.model.checkpoint.SafetensorsFile;
import dev.flamingo.model.checkpoint.SafetensorsWriter;
import dev.flamingo.model.checkpoint.StoredType;
import java.util.Arrays;
import java.util.Map;

/**
 * What the resampler made of one window: all that the language model ever sees of it.
 *
 * @param count number of tokens
 * @param width width of a token
 * @param values {@code [count, width]}, not to be written to
 */
public record VisualTokens(int count, int width, float[] values) {

  private static final String TENSOR = "visual_tokens";

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if there are not {@code count * width} values
   */
  public VisualTokens {
    if (count < 1 || width < 1 || (long) count * width != values.length) {
      throw new IllegalArgumentException(
          "%d values are not %d visual tokens of width %d".formatted(values.length, count, width));
    }
  }

  /** Returns a safetensors file with one tensor {@code [count, width]} in half precision. */
  public byte[] toSafetensors() {
    return new SafetensorsWriter(StoredType.F16, Map.of())
        .toBytes(Map.of(TENSOR, HostTensor.of(values, count, width)));
  }

  /**
   * Reads a safetensors file with one tensor of two axes, whatever its name.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static VisualTokens fromSafetensors(byte[] bytes) {
    MapWeights weights = SafetensorsFile.read(bytes);
    if (weights.names().size() != 1) {
      throw new IllegalArgumentException(
          "visual tokens are one tensor, not %d".formatted(weights.names().size()));
    }
    HostTensor tensor = weights.tensors().values().iterator().next();
    long[] shape = tensor.shape();
    if (shape.length != 2) {
      throw new IllegalArgumentException(
          "visual tokens have two axes, not %s".formatted(Arrays.toString(shape)));
    }
    return new VisualTokens((int) shape[0], (int) shape[1], tensor.values());
  }

  long bytes() {
    return (long) values.length * Float.BYTES;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VisualTokens tokens
        && count == tokens.count
        && width == tokens.width
        && Arrays.equals(values, tokens.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "VisualTokens[" + count + ", " + width + "]";
  }
}
