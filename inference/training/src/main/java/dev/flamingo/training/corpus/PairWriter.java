package dev.flamingo.training.corpus;

import dev.flamingo.training.corpus.Example.Media;
import dev.flamingo.training.corpus.Example.Text;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes pairs as {@link PairCorpus} reads them, 1,000 in a shard.
 *
 * <p>Not thread-safe.
 */
public final class PairWriter implements AutoCloseable {

  private static final int SHARD = 1_000;

  private final Path folder;
  private @Nullable TarArchiveOutputStream shard;
  private int pairs;

  /**
   * Begins a corpus.
   *
   * @param folder is made if it is not there
   * @throws IOException if it cannot be made
   */
  public PairWriter(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /**
   * Writes a pair.
   *
   * @param pair a picture, then a text
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if it is anything else
   */
  public void write(Example pair) throws IOException {
    if (pair.parts().size() == 2
        && pair.parts().get(0) instanceof Media media
        && media.jpegs().size() == 1
        && pair.parts().get(1) instanceof Text text) {
      TarArchiveOutputStream out = shard();
      String key = "%09d".formatted(pairs);
      member(out, key + ".jpg", media.jpegs().get(0));
      member(out, key + ".txt", text.text().getBytes(StandardCharsets.UTF_8));
      pairs++;
    } else {
      throw new IllegalArgumentException("a pair is a picture and a text");
    }
  }

  private TarArchiveOutputStream shard() throws IOException {
    TarArchiveOutputStream out = shard;
    if (out == null || pairs % SHARD == 0) {
      close();
      Path file = folder.resolve("%05d.tar".formatted(pairs / SHARD));
      out = new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
      shard = out;
    }
    return out;
  }

  private static void member(TarArchiveOutputStream out, String name, byte[] bytes)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    // The same pairs give the same bytes, independent of user and time.
    entry.setModTime(0);
    entry.setIds(0, 0);
    entry.setNames("", "");
    entry.setSize(bytes.length);
    out.putArchiveEntry(entry);
    out.write(bytes);
    out.closeArchiveEntry();
  }

  @Override
  public void close() throws IOException {
    TarArchiveOutputStream out = shard;
    if (out != null) {
      out.close();
    }
  }
}
