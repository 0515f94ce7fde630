package dev.flamingo.training.street;

import dev.flamingo.training.corpus.PageWriter;
import dev.flamingo.training.corpus.PairWriter;
import dev.flamingo.training.corpus.VideoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Writes the street as corpora in the forms that the web has them in: {@code pages}, {@code
 * pairs-short}, {@code pairs-long} and {@code videos}. What evaluation asks is in none of them. The
 * same seed writes the same bytes.
 */
public final class StreetExport {

  /** The corpora that are written, a folder each. */
  public static final int CORPORA = 4;

  private final Path folder;
  private final long seed;
  private final int examples;

  /**
   * Prepares an export.
   *
   * @param folder is made if it is not there
   * @param seed 0 to 2^32 - 1
   * @param examples how many in each corpus, at least one
   * @throws IllegalArgumentException if a number is out of range
   */
  public StreetExport(Path folder, long seed, int examples) {
    if (seed < 0 || seed >= 1L << Integer.SIZE) {
      throw new IllegalArgumentException("the seed must be 0 to 2^32 - 1, but was " + seed);
    }
    if (examples < 1) {
      throw new IllegalArgumentException("a corpus has an example or more, but got " + examples);
    }
    this.folder = folder;
    this.seed = seed;
    this.examples = examples;
  }

  /**
   * Writes all corpora.
   *
   * @param progress gets how many examples are written, of {@link #CORPORA} times as many as each
   *     corpus has
   * @throws IOException if the folder is not empty or cannot be written
   */
  public void write(IntConsumer progress) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new IOException("%s is not empty: name a new folder".formatted(folder));
      }
    }
    try (StreetExamples street = new StreetExamples(seed);
        PageWriter pages = new PageWriter(folder.resolve("pages"));
        PairWriter shortPairs = new PairWriter(folder.resolve("pairs-short"));
        PairWriter longPairs = new PairWriter(folder.resolve("pairs-long"))) {
      VideoWriter videos = new VideoWriter(folder.resolve("videos"), StreetExamples.SIZE);
      for (int number = 0; number < examples; number++) {
        pages.write(street.page(number));
        shortPairs.write(street.shortPair(number));
        longPairs.write(street.longPair(number));
        videos.write(street.video(number));
        progress.accept(CORPORA * (number + 1));
      }
    }
  }
}
