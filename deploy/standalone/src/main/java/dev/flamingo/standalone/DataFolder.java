package dev.flamingo.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder for data: the user's, which stays, or a temporary one, which goes when it is closed. One
 * whose process was killed goes when the next is opened.
 */
public final class DataFolder implements AutoCloseable {

  // Folders of this name are swept, so it is one that people do not choose.
  private static final String PREFIX = "flamingo-temporary-";

  private final Path path;
  private final @Nullable Temporary temporary;

  private DataFolder(Path path, @Nullable Temporary temporary) {
    this.path = path;
    this.temporary = temporary;
  }

  /**
   * Opens a folder.
   *
   * @param path null for a temporary one
   * @throws IOException if a temporary one cannot be made
   */
  public static DataFolder of(@Nullable Path path) throws IOException {
    return path == null
        ? temporary(Path.of(System.getProperty("java.io.tmpdir")))
        : new DataFolder(path, null);
  }

  /**
   * Opens a temporary folder, and deletes those that killed processes left.
   *
   * @throws IOException if it cannot be made
   */
  static DataFolder temporary(Path base) throws IOException {
    try (DirectoryStream<Path> others = Files.newDirectoryStream(base, PREFIX + "*")) {
      for (Path other : others) {
        Optional<FolderLock> left = FolderLock.inherit(other);
        if (left.isPresent()) {
          new Temporary(other, left.get()).close();
        }
      }
    }
    Path own = Files.createTempDirectory(base, PREFIX);
    Temporary temporary = new Temporary(own, FolderLock.take(own));
    return new DataFolder(Files.createDirectory(own.resolve("data")), temporary);
  }

  /** Returns the folder. */
  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    if (temporary != null) {
      temporary.close();
    }
  }

  /** A folder that a process still uses, as its lock shows. */
  private record Temporary(Path folder, FolderLock lock) implements AutoCloseable {

    @Override
    public void close() throws IOException {
      try (lock;
          Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(DataFolder::delete);
      } catch (UncheckedIOException e) {
        throw new IOException("cannot delete the temporary folder %s".formatted(folder), e);
      }
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
