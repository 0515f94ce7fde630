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
 */
public record EngineOptions(Path graphCache, int threads, boolean spinning) {

  /**
   * Checks the number of threads.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public EngineOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("an engine cannot run on %d threads".formatted(threads));
    }
  }

  /** Returns options for as many threads as there are processors, without spinning. */
  public static EngineOptions cachedIn(Path graphCache) {
    return new EngineOptions(graphCache, Runtime.getRuntime().availableProcessors(), false);
  }

  /** Returns the same options with another number of threads. */
  public EngineOptions withThreads(int count) {
    return new EngineOptions(graphCache, count, spinning);
  }
}
