package dev.flamingo.model.serving;

import java.nio.FloatBuffer;

/**
 * The decoder's keys and values of tokens that were read, of one or more rows. Parts are the keys
 * of block i at 2 i and its values at 2 i + 1.
 */
interface CachedTokens {

  /** Returns a part {@code [rows, heads, columns, head width]}, not to be written to. */
  FloatBuffer part(int part);

  /** Returns the number of columns, those before and behind a row's own tokens included. */
  int columns();

  /** Returns the column of a row's first token. */
  int begin(int row);

  /** Returns the number of a row's tokens, which stand side by side. */
  int length(int row);
}
