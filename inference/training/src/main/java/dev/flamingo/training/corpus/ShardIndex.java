package dev.flamingo.training.corpus;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Finds the pairs of tar shards by their headers alone. */
final class ShardIndex {

  private static final int BLOCK = 512;

  private final CorpusHealth health;

  ShardIndex(CorpusHealth health) {
    this.health = health;
  }

  /**
   * A picture with its caption.
   *
   * @param json whether the caption is a field of JSON
   */
  record Pair(Slice picture, Slice caption, boolean json) {}

  /** The members of one key; a text goes before JSON, which may hold anything. */
  private static final class Members {
    private @Nullable Slice picture;
    private @Nullable Slice text;
    private @Nullable Slice json;

    void add(String ending, Slice slice) {
      switch (ending) {
        case "txt" -> text = slice;
        case "json" -> json = slice;
        default -> picture = picture == null ? slice : picture;
      }
    }
  }

  /**
   * Returns a shard's pairs in the order of their keys; of a damaged one those before the damage.
   */
  List<Pair> pairs(Path shard) {
    Map<String, Members> keys = new LinkedHashMap<>();
    try {
      scan(shard, keys);
    } catch (IOException e) {
      health.leftOut(
          Fault.DAMAGED_SHARD, "%s is read in part: %s".formatted(shard, e.getMessage()));
    }
    List<Pair> pairs = new ArrayList<>();
    keys.forEach((key, members) -> complete(shard + " " + key, members, pairs));
    return pairs;
  }

  private static void scan(Path shard, Map<String, Members> keys) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(shard.toFile(), "r");
        FileInputStream in = new FileInputStream(file.getFD())) {
      long at = 0;
      while (true) {
        if (file.length() - at < BLOCK) {
          throw new EOFException("it is cut off at byte " + file.length());
        }
        file.seek(at);
        // A new one for every header: it would read a member's bytes to skip them.
        TarArchiveEntry entry = new TarArchiveInputStream(in).getNextEntry();
        if (entry == null) {
          return;
        }
        Slice slice = new Slice(shard, file.getFilePointer(), entry.getSize());
        if (slice.length() > file.length() - slice.offset()) {
          throw new EOFException("it is cut off at byte " + file.length());
        }
        if (entry.isFile() && !entry.isSparse()) {
          add(entry.getName(), slice, keys);
        }
        at = slice.offset() + (slice.length() + BLOCK - 1) / BLOCK * BLOCK;
      }
    }
  }

  private static void add(String name, Slice slice, Map<String, Members> keys) {
    // A key ends at the first dot of a name.
    int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
    String ending = name.substring(dot + 1).toLowerCase(Locale.ROOT);
    switch (ending) {
      case "jpg", "jpeg", "png", "webp", "txt", "json" ->
          keys.computeIfAbsent(name.substring(0, Math.max(0, dot)), key -> new Members())
              .add(ending, slice);
      default -> {}
    }
  }

  private void complete(String key, Members members, List<Pair> pairs) {
    Slice picture = members.picture;
    Slice text = members.text;
    Slice caption = text == null ? members.json : text;
    if (picture == null) {
      health.leftOut(Fault.NO_PICTURE, key + " has no picture");
    } else if (caption == null) {
      health.leftOut(Fault.NO_TEXT, key + " has no caption");
    } else {
      pairs.add(new Pair(picture, caption, /* json= */ text == null));
    }
  }
}
