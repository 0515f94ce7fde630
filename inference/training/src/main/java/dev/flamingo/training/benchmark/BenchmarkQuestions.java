package dev.flamingo.training.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

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
   * @param shots examples before each item
   * @param limit the most items; the first of the file are taken
   * @throws IOException if a file is missing or malformed, or there are too few examples
   */
  public static BenchmarkQuestions read(
      Benchmark benchmark, BenchmarkFolder data, int shots, int limit) throws IOException {
    List<BenchmarkItem> items = benchmark.form().read(data, Split.QUERY);
    if (items.isEmpty()) {
      throw new IOException(
          "%s has nothing to ask in its files: fetch them again".formatted(benchmark.label()));
    }
    List<BenchmarkItem> support =
        shots == 0 ? forms(benchmark, data) : seen(benchmark, data, shots);
    return new BenchmarkQuestions(items.subList(0, Math.min(limit, items.size())), support);
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
    List<BenchmarkItem> support =
        benchmark.form().read(data, Split.SUPPORT).stream()
            .filter(item -> Files.isRegularFile(item.medium().file()))
            .toList();
    if (support.size() < shots) {
      throw new IOException(
          "%s has %d examples with their media and not %d: fetch its training part or take fewer"
              .formatted(benchmark.label(), support.size(), shots));
    }
    return support;
  }
}
