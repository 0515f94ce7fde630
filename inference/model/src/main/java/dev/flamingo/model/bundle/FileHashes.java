package dev.flamingo.model.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sha256 of files, computed once for what a file is: its path, size, times and inode. A file
 * that was written again, replaced or given an older time is computed again. The hashes are kept in
 * a folder of their own, because a bundle may be read-only.
 */
public final class FileHashes {

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final @Nullable Path folder;

  private FileHashes(@Nullable Path folder) {
    this.folder = folder;
  }

  /** Returns hashes that are computed whenever they are asked for. */
  public static FileHashes computed() {
    return new FileHashes(null);
  }

  /**
   * Returns hashes that are kept.
   *
   * @param graphCache the folder for what is derived from models; created where it does not exist
   */
  public static FileHashes keptIn(Path graphCache) {
    return new FileHashes(graphCache.resolve("hashes"));
  }

  /**
   * Returns the sha256 of a file, lower-case hex.
   *
   * @throws IOException if it cannot be read
   */
  public String of(Path file) throws IOException {
    if (folder == null) {
      return Sha256.of(file);
    }
    Path entry = folder.resolve(identity(file));
    if (Files.isRegularFile(entry)) {
      String kept = Files.readString(entry);
      if (HASH.matcher(kept).matches()) {
        return kept;
      }
    }
    String hash = Sha256.of(file);
    // A file that changed meanwhile is another one by now.
    if (folder.resolve(identity(file)).equals(entry)) {
      keep(entry, hash);
    }
    return hash;
  }

  private static String identity(Path file) throws IOException {
    Path real = file.toRealPath();
    BasicFileAttributes about = Files.readAttributes(real, BasicFileAttributes.class);
    // The time of the last change of any kind, which nothing can set back.
    Object changed =
        real.getFileSystem().supportedFileAttributeViews().contains("unix")
            ? Files.getAttribute(real, "unix:ctime")
            : "";
    String all =
        "%s\n%d\n%s\n%s\n%s"
            .formatted(real, about.size(), about.lastModifiedTime(), about.fileKey(), changed);
    return Sha256.of(all.getBytes(StandardCharsets.UTF_8));
  }

  private static void keep(Path entry, String hash) throws IOException {
    Path directory = Files.createDirectories(entry.toAbsolutePath().getParent());
    Path part = Files.createTempFile(directory, ".hash", ".part");
    try {
      Files.writeString(part, hash);
      Files.move(part, entry, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
