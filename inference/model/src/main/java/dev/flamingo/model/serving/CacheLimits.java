package dev.flamingo.model.serving;

/**
 * How much an engine may remember on the heap; what one call needs is kept also beyond it.
 *
 * @param windowBytes of the keys and values of windows, so that a window's next question need not
 *     compute them
 * @param prefixBytes of the keys and values of examples, so that they are read once for all that is
 *     asked after them; 0 reads all again every time
 */
public record CacheLimits(long windowBytes, long prefixBytes) {

  /** 256 MiB for windows, 64 MiB for examples. */
  public static final CacheLimits DEFAULT = new CacheLimits(256L << 20, 64L << 20);

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public CacheLimits {
    if (windowBytes < 0 || prefixBytes < 0) {
      throw new IllegalArgumentException(
          "%d bytes for windows, %d for examples: allow 0 or more"
              .formatted(windowBytes, prefixBytes));
    }
  }
}
