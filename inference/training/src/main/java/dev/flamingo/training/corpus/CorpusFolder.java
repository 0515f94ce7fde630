package dev.flamingo.training.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of a corpus.
 *
 * @param path where it is
 */
record CorpusFolder(Path path) {

  /**
   * Returns files by their endings in the order of their names, which decides the examples'
   * numbers.
   *
   * @param depth how many folders deep: 1 for this one alone
   * @param endings in small letters, without a dot
   * @throws IOException if the folder cannot be read or has no such file
   */
  List<Path> files(int depth, Set<String> endings) throws IOException {
    if (!Files.isDirectory(path)) {
      throw new IOException("there is no folder %s: name the one of a corpus".formatted(path));
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(path, depth)) {
      files =
          all.filter(file -> endings.contains(ending(file)))
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
    } catch (UncheckedIOException e) {
      throw new IOException("%s cannot be read: %s".formatted(path, e.getMessage()), e);
    }
    if (files.isEmpty()) {
      throw nothing(
          "a file with the ending " + String.join(", ", endings.stream().sorted().toList()));
    }
    return files;
  }

  /** Returns what to throw where there is nothing to learn from. */
  IOException nothing(String wanted) {
    return new IOException(
        "%s has not one example, which takes %s: name another folder".formatted(path, wanted));
  }

  private static String ending(Path file) {
    String name = file.toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
