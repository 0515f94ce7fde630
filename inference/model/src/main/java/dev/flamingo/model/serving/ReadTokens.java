package dev.flamingo.model.serving;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The decoder's keys and values of one row, on the heap.
 *
 * @param parts each {@code [heads, columns, head width]}, not to be written to
 * @param columns the number of tokens
 */
record ReadTokens(float[][] parts, int columns) implements CachedTokens {

  /** A row of which nothing is read yet. */
  static final ReadTokens NONE = new ReadTokens(new float[0][], 0);

  private static final FloatBuffer NOTHING = FloatBuffer.allocate(0);

  long bytes() {
    return Arrays.stream(parts).mapToLong(part -> (long) part.length * Float.BYTES).sum();
  }

  @Override
  public FloatBuffer part(int part) {
    return columns == 0 ? NOTHING : FloatBuffer.wrap(parts[part]);
  }

  @Override
  public int begin(int row) {
    return 0;
  }

  @Override
  public int length(int row) {
    return columns;
  }
}
