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
}
