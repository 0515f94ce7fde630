package dev.flamingo.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a folder for one process. Kafka has such a lock, too, but writes into the folder before it
 * takes it; Flink has none. The lock ends with the process, however that ends.
 */
public final class FolderLock implements AutoCloseable {

  private static final String FILE = "in-use.lock";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws IOException if another has it or the folder cannot be written
   */
  public static FolderLock take(Path folder) throws IOException {
    Files.createDirectories(folder);
    FolderLock lock = opened(folder, StandardOpenOption.CREATE);
    if (lock == null) {
      throw new IOException(
          "the data in %s is in use by another process: stop it or choose another folder"
              .formatted(folder));
    }
    return lock;
  }

  /**
   * Takes over the lock of a folder if the process that held it is gone.
   *
   * @return the lock; empty if the folder never had one, another has it, or it cannot be opened
   */
  static Optional<FolderLock> inherit(Path folder) {
    try {
      return Optional.ofNullable(opened(folder, StandardOpenOption.WRITE));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static @Nullable FolderLock opened(Path folder, OpenOption create) throws IOException {
    FileChannel channel = FileChannel.open(folder.resolve(FILE), create, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      return null;
    }
    return new FolderLock(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
