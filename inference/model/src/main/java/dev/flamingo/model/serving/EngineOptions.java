package dev.flamingo.model.serving;

import java.nio.file.Path;

/**
 * How an engine runs.
 *
 * @param graphCache folder for derived graphs; created where it does not exist, safe to share and
 *     to delete
 * @param threads threads of one operation, at least 1
 * @param spinning whether idle threads wait by spinning: a little faster alone, a burden to
 *     neighbours
 * @param windowBytes how much heap the keys and values of windows may take, so that a window's next
 *     question need not compute them; the media of one call are kept also beyond it
 */
public record EngineOptions(Path graphCache, int threads, boolean spinning, long windowBytes) {

  private static final long WINDOW_BYTES = 256L << 20;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there is no thread, or a negative number of bytes
   */
  public EngineOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("an engine cannot run on %d threads".formatted(threads));
    }
    if (windowBytes < 0) {
      throw new IllegalArgumentException(
          "a cache of %d bytes: allow 0 or more".formatted(windowBytes));
    }
  }

  /**
   * Returns options for as many threads as there are processors, without spinning, with 256 MiB for
   * windows.
   */
  public static EngineOptions cachedIn(Path graphCache) {
    return new EngineOptions(
        graphCache, Runtime.getRuntime().availableProcessors(), false, WINDOW_BYTES);
  }

  /** Returns the same options with another number of threads. */
  public EngineOptions withThreads(int count) {
    return new EngineOptions(graphCache, count, spinning, windowBytes);
  }

  /** Returns the same options with other room for the keys and values of windows. */
  public EngineOptions withWindowBytes(long bytes) {
    return new EngineOptions(graphCache, threads, spinning, bytes);
  }
}
