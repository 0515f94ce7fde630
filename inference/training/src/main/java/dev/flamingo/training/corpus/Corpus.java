package dev.flamingo.training.corpus;

/**
 * Examples by number, so that what a training step reads can depend on the seed and the step alone.
 * Safe for use by several threads.
 */
public interface Corpus extends AutoCloseable {

  /** Returns the number of examples, readable or not; at least one. */
  int size();

  /**
   * Reads an example.
   *
   * @param number 0 to {@code size() - 1}
   * @throws UnreadableException if it is damaged, incomplete or too large; it is counted
   * @throws InterruptedException if the calling thread is interrupted
   */
  Example read(int number) throws UnreadableException, InterruptedException;

  /** Returns the counts of what was read, skipped and left out so far; they go on. */
  CorpusHealth health();

  /** Frees what it holds open. Those of this package open files only while they read them. */
  @Override
  default void close() {}
}
