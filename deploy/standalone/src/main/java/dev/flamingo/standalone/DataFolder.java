package dev.flamingo.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder for data: the user's, which stays, or a temporary one, which goes when it is closed.
 *
 * @param path the folder
 * @param temporary whether it goes
 */
public record DataFolder(Path path, boolean temporary) implements AutoCloseable {

  /**
   * Opens a folder.
   *
   * @param path null for a temporary one
   * @throws IOException if a temporary one cannot be made
   */
  public static DataFolder of(@Nullable Path path) throws IOException {
    return path == null
        ? new DataFolder(Files.createTempDirectory("flamingo-"), true)
        : new DataFolder(path, false);
  }

  @Override
  public void close() throws IOException {
    if (!temporary) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      files.sorted(Comparator.reverseOrder()).forEach(DataFolder::delete);
    } catch (UncheckedIOException e) {
      throw new IOException("cannot delete the temporary folder %s".formatted(path), e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
