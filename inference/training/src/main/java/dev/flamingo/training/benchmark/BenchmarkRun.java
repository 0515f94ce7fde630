package dev.flamingo.training.benchmark;

import java.io.IOException;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model a benchmark's questions. Examples are chosen anew for every item; without shots two
 * of them stand before it as text alone, where the model speaks for itself, so that it sees the
 * form.
 */
public final class BenchmarkRun {

  private static final int TEXT_SHOTS = 2;

  private final BenchmarkModel model;
  private final ShotChoice choice;
  private final BenchmarkProtocol protocol;

  /**
   * Prepares to ask.
   *
   * @param choice which examples
   * @param protocol how many of them
   */
  public BenchmarkRun(BenchmarkModel model, ShotChoice choice, BenchmarkProtocol protocol) {
    this.model = model;
    this.choice = choice;
    this.protocol = protocol;
  }

  /**
   * Asks everything.
   *
   * @param items the questions
   * @param progress gets the number of items that are done
   * @throws IOException if nothing could be asked, or the measure is not defined for what was
   */
  public BenchmarkResult run(Benchmark benchmark, List<BenchmarkItem> items, IntConsumer progress)
      throws IOException, InterruptedException {
    BenchmarkScore score = new BenchmarkScore(benchmark.metric());
    @Nullable UnaskedException unasked = null;
    int missed = 0;
    int shown = 0;
    for (int i = 0; i < items.size(); i++) {
      try {
        shown += ask(items.get(i), score);
      } catch (UnaskedException e) {
        unasked = unasked == null ? e : unasked;
        missed++;
      }
      progress.accept(i + 1);
    }
    if (unasked != null && missed == items.size()) {
      throw new IOException(
          "none of %d items can be asked: %s".formatted(missed, unasked.getMessage()), unasked);
    }
    return new BenchmarkResult(
        benchmark.label(),
        benchmark.metric().label(),
        value(score, missed, unasked),
        protocol.shots(),
        protocol.similar(),
        protocol.orders(),
        protocol.seed(),
        items.size() - missed,
        missed,
        unasked == null ? null : unasked.getMessage(),
        (double) shown / (items.size() - missed));
  }

  private static double value(BenchmarkScore score, int missed, @Nullable UnaskedException unasked)
      throws IOException {
    try {
      return score.value();
    } catch (IllegalArgumentException e) {
      String left =
          unasked == null
              ? ""
              : "; %d items could not be asked, the first since %s"
                  .formatted(missed, unasked.getMessage());
      throw new IOException(e.getMessage() + left, e);
    }
  }

  /** Returns how many examples the model was shown. */
  private int ask(BenchmarkItem item, BenchmarkScore score)
      throws UnaskedException, InterruptedException {
    boolean open = item.candidates().isEmpty();
    boolean seen = protocol.shots() > 0;
    int count = seen ? protocol.shots() : open ? TEXT_SHOTS : 0;
    Asked asked = new Asked(count == 0 ? List.of() : choice.choose(item, count), seen, item);
    if (open) {
      ModelOutput<String> answer = model.answer(asked);
      score.answered(item, answer.value());
      return answer.shots();
    }
    ModelOutput<List<Double>> ranking = model.rank(asked);
    score.ranked(item, ranking.value());
    return ranking.shots();
  }
}
