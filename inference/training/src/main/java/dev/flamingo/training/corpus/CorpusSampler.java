package dev.flamingo.training.corpus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The examples of every training step: once through the corpus in every epoch, each time in another
 * order. A step's batch depends on the seed and the step alone, so that a run that was killed goes
 * on with the same batches.
 *
 * <p>Where an example cannot be read the next in order fills the batch up, as if the batch were
 * longer; it comes again in its own turn, since other steps are not remembered.
 */
public final class CorpusSampler {

  /** By then a corpus that is good for anything has had something to read. */
  private static final int MOST_MISSES = 10_000;

  private final Corpus corpus;
  private final long seed;
  private final int batch;

  /**
   * Samples a corpus, which stays the caller's.
   *
   * @param batch examples in a step
   * @throws IllegalArgumentException if a batch would be empty
   */
  public CorpusSampler(Corpus corpus, long seed, int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException("a batch has an example or more, but got " + batch);
    }
    this.corpus = corpus;
    this.seed = seed;
    this.batch = batch;
  }

  /**
   * Reads the examples of a step. May be called for any steps in any order, and by several threads.
   *
   * @param step 0 or more
   * @return as many as a batch has; all can be read
   * @throws IOException if nothing at all can be read
   * @throws InterruptedException if the calling thread is interrupted
   */
  public List<Example> batch(int step) throws IOException, InterruptedException {
    List<Example> examples = new ArrayList<>();
    // Two epochs' length goes through all of the corpus, wherever it begins.
    long mostMisses = Math.min(MOST_MISSES, 2L * corpus.size());
    long misses = 0;
    long place = (long) step * batch;
    while (examples.size() < batch) {
      try {
        examples.add(corpus.read(number(place)));
        misses = 0;
      } catch (UnreadableException e) {
        misses++;
        if (misses == mostMisses) {
          throw new IOException(
              "none of %d examples in a row can be read: the last since %s"
                  .formatted(misses, e.getMessage()),
              e);
        }
      }
      place++;
    }
    return examples;
  }

  /** Returns the number of the example at a place in the order of all epochs. */
  private int number(long place) {
    long epoch = place / corpus.size();
    return new ShuffledOrder(corpus.size(), seed * 1_000_003 + epoch)
        .at((int) (place % corpus.size()));
  }
}
