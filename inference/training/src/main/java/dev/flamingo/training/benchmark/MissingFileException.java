package dev.flamingo.training.benchmark;

import java.io.IOException;

/** A file of a benchmark is not there. */
final class MissingFileException extends IOException {

  private static final long serialVersionUID = 1;

  MissingFileException(String message) {
    super(message);
  }
}
