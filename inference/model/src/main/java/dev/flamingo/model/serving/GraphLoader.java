package dev.flamingo.model.serving;

import java.io.IOException;
import java.nio.file.Path;

/** Loads graphs into an engine. */
interface GraphLoader {

  /**
   * Loads a graph; the caller closes it.
   *
   * @throws IOException if the engine does not start or does not take the file
   */
  GraphSession load(Path file) throws IOException;

  /**
   * Loads a graph whose weights stay where they lie, where the engine would else copy them to lay
   * them out; for graphs of many rows a call, which lay them out in passing.
   *
   * @throws IOException as the other
   */
  default GraphSession loadMapped(Path file) throws IOException {
    return load(file);
  }
}
