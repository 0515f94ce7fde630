package dev.flamingo.training.benchmark;

import java.io.IOException;
import java.util.List;

/** How the files of a benchmark are read. */
public interface BenchmarkForm {

  /**
   * Reads a part.
   *
   * @param data the folder of the benchmark
   * @return its items in the files' order; empty where the benchmark has no such part
   * @throws IOException if a file is missing or not as its authors publish it; one sentence
   */
  List<BenchmarkItem> read(BenchmarkFolder data, Split split) throws IOException;
}
