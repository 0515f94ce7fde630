package dev.flamingo.training.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What is to be asked.
 *
 * @param items the questions
 * @param support what examples are drawn from
 */
public record BenchmarkQuestions(List<BenchmarkItem> items, List<BenchmarkItem> support) {

  /** Copies the lists. */
  public BenchmarkQuestions {
    items = List.copyOf(items);
    support = List.copyOf(support);
  }

  /**
   * Reads a benchmark's questions. Examples are those whose medium is there; zero shots take
   * examples of text alone, and go without where there is no training part.
   *
   * @param protocol how many of both
   * @throws IOException if a file is missing or malformed, or there are too few examples
   */
  public static BenchmarkQuestions read(
      Benchmark benchmark, BenchmarkFolder data, BenchmarkProtocol protocol) throws IOException {
    List<BenchmarkItem> items = benchmark.form().read(data, Split.QUERY);
    if (items.isEmpty()) {
      throw new IOException(
          "%s has nothing to ask in its files: fetch them again".formatted(benchmark.label()));
    }
    List<BenchmarkItem> support =
        protocol.shots() == 0 ? forms(benchmark, data) : seen(benchmark, data, protocol.shots());
    return new BenchmarkQuestions(
        items.subList(0, Math.min(protocol.limit(), items.size())), drawn(support, protocol));
  }

  private static List<BenchmarkItem> drawn(
      List<BenchmarkItem> support, BenchmarkProtocol protocol) {
    if (support.size() <= protocol.support()) {
      return support;
    }
    List<BenchmarkItem> any = new ArrayList<>(support);
    Collections.shuffle(any, new Random(protocol.seed()));
    return any.subList(0, protocol.support());
  }

  private static List<BenchmarkItem> forms(Benchmark benchmark, BenchmarkFolder data)
      throws IOException {
    try {
      return benchmark.form().read(data, Split.SUPPORT);
    } catch (MissingFileException e) {
      return List.of();
    }
  }

  private static List<BenchmarkItem> seen(Benchmark benchmark, BenchmarkFolder data, int shots)
      throws IOException {
    List<BenchmarkItem> all = benchmark.form().read(data, Split.SUPPORT);
    if (all.isEmpty()) {
      throw new IOException(
          "%s has no examples: ask it without shots".formatted(benchmark.label()));
    }
    List<BenchmarkItem> support =
        all.stream().filter(item -> Files.isRegularFile(item.medium().file())).toList();
    if (support.size() < shots) {
      throw new IOException(
          "%s has %d examples with their media and not %d: fetch its training part or take fewer"
              .formatted(benchmark.label(), support.size(), shots));
    }
    return support;
  }
}
