package dev.flamingo.model.serving;

import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.checkpoint.MapWeights;
import dev.flamingo.model.checkpoint.SafetensorsFile;
import dev.flamingo.model.checkpoint.SafetensorsWriter;
import dev.flamingo.model.checkpoint.StoredType;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the resampler made of one window: all that the language model ever sees of it.
 *
 * @param count number of tokens
 * @param width width of a token
 * @param values {@code [count, width]}, not to be written to
 * @param novelty how far the window is from what the model was trained on, see {@link
 *     dev.flamingo.model.familiarity.PictureStatistics#novelty}; null where that was not measured.
 *     Tokens that differ in nothing else are equal
 */
public record VisualTokens(int count, int width, float[] values, @Nullable Double novelty) {

  private static final String TENSOR = "visual_tokens";
  private static final String NOVELTY = "novelty";

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

  /** Makes tokens of a window that was not measured. */
  public VisualTokens(int count, int width, float[] values) {
    this(count, width, values, null);
  }

  /**
   * Returns a safetensors file with one tensor {@code [count, width]} in half precision; its
   * metadata say {@code novelty} where that was measured.
   */
  public byte[] toSafetensors() {
    Map<String, String> metadata =
        novelty == null ? Map.of() : Map.of(NOVELTY, Double.toString(novelty));
    return new SafetensorsWriter(StoredType.F16, metadata)
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
    return new VisualTokens(
        (int) shape[0], (int) shape[1], tensor.values(), novelty(weights.metadata().get(NOVELTY)));
  }

  private static @Nullable Double novelty(@Nullable String text) {
    try {
      return text == null ? null : Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "visual tokens have a novelty that is no number: " + text, e);
    }
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
