package dev.flamingo.training.benchmark;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * Asks a model a benchmark's questions. Examples are drawn anew for every item from the training
 * part, by a seed; without shots two of them stand before it as text alone, where the model speaks
 * for itself, so that it sees the form.
 */
public final class BenchmarkRun {

  private static final int TEXT_SHOTS = 2;

  private final BenchmarkModel model;
  private final int shots;
  private final long seed;

  /**
   * Prepares to ask.
   *
   * @param shots examples before each item
   * @param seed which examples
   */
  public BenchmarkRun(BenchmarkModel model, int shots, long seed) {
    this.model = model;
    this.shots = shots;
    this.seed = seed;
  }

  /**
   * Asks everything.
   *
   * @param progress hears the number of items that are done
   * @throws IOException if nothing could be asked, or the measure cannot be taken
   */
  public BenchmarkResult run(
      Benchmark benchmark, BenchmarkQuestions questions, IntConsumer progress)
      throws IOException, InterruptedException {
    BenchmarkScore score = new BenchmarkScore(benchmark.metric());
    UnaskedException unasked = null;
    int missed = 0;
    for (int i = 0; i < questions.items().size(); i++) {
      BenchmarkItem item = questions.items().get(i);
      try {
        Asked asked = asked(item, questions.support(), new SplittableRandom(seed * 1_000_003 + i));
        if (item.candidates().isEmpty()) {
          score.answered(item, model.answer(asked));
        } else {
          score.ranked(item, model.rank(asked));
        }
      } catch (UnaskedException e) {
        unasked = unasked == null ? e : unasked;
        missed++;
      }
      progress.accept(i + 1);
    }
    if (unasked != null && missed == questions.items().size()) {
      throw new IOException(
          "none of %d items can be asked: %s".formatted(missed, unasked.getMessage()), unasked);
    }
    return new BenchmarkResult(
        benchmark.label(),
        benchmark.metric().label(),
        score.value(),
        shots,
        questions.items().size() - missed,
        missed,
        seed);
  }

  private Asked asked(BenchmarkItem item, List<BenchmarkItem> support, SplittableRandom random) {
    boolean textAlone = shots == 0;
    int wanted = textAlone ? (item.candidates().isEmpty() ? TEXT_SHOTS : 0) : shots;
    Set<Integer> drawn = new LinkedHashSet<>();
    while (drawn.size() < Math.min(wanted, support.size())) {
      drawn.add(random.nextInt(support.size()));
    }
    return new Asked(drawn.stream().map(support::get).toList(), !textAlone, item);
  }
}
