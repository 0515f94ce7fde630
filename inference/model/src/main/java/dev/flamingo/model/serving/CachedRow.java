package dev.flamingo.model.serving;

/**
 * One row of what was read.
 *
 * @param tokens where it is
 * @param row which it is there
 */
record CachedRow(CachedTokens tokens, int row) {

  int length() {
    return tokens.length(row);
  }
}
