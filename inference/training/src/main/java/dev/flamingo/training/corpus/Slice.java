package dev.flamingo.training.corpus;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A part of a file.
 *
 * @param offset its first byte
 * @param length its number of bytes
 */
record Slice(Path file, long offset, long length) {

  /**
   * Reads it.
   *
   * @throws IOException if the file is gone or shorter than it was
   */
  byte[] read() throws IOException {
    // Not a channel: an interrupt would look like a damaged file.
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(offset);
      byte[] bytes = new byte[Math.toIntExact(length)];
      in.readFully(bytes);
      return bytes;
    }
  }

  /** Returns the file and the range of bytes, for messages. */
  @Override
  public String toString() {
    return "%s at byte %d".formatted(file, offset);
  }
}
