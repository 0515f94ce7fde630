package dev.flamingo.model.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes safetensors: the same tensors always give the same bytes, whatever the order they came in.
 */
public final class SafetensorsWriter {

  private static final int CHUNK_VALUES = 1 << 14;
  private static final int ALIGNMENT = 8;

  private final ObjectMapper json = new ObjectMapper();
  private final StoredType type;
  private final Map<String, String> metadata;

  /**
   * Makes a writer.
   *
   * @param type how every number is stored
   * @param metadata free text to carry along, may be empty
   */
  public SafetensorsWriter(StoredType type, Map<String, String> metadata) {
    this.type = type;
    this.metadata = new TreeMap<>(metadata);
  }

  /**
   * Writes a file beside its place and moves it there when complete, so that nobody ever sees half
   * of it.
   *
   * @throws IOException if it cannot be written; an older file then remains
   */
  public void write(Map<String, ? extends StoredTensor> tensors, Path path) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException("cannot write to %s: name a file".formatted(path));
    }
    Files.createDirectories(directory);
    // A temporary file is readable by its owner alone and stays so where it is moved: only its
    // folder is one.
    Path folder = Files.createTempDirectory(directory, "." + path.getFileName());
    Path part = folder.resolve("part");
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        write(tensors, out);
      }
      move(part, path);
    } finally {
      Files.deleteIfExists(part);
      Files.delete(folder);
    }
  }

  /** Returns the bytes that a tensor takes, aside from its name. */
  long bytes(StoredTensor tensor) {
    return tensor.size() * type.bytes();
  }

  /** Returns the file's bytes. */
  public byte[] toBytes(Map<String, ? extends StoredTensor> tensors) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(tensors, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void write(Map<String, ? extends StoredTensor> unordered, OutputStream out)
      throws IOException {
    Map<String, StoredTensor> tensors = new TreeMap<>(unordered);
    byte[] header = header(tensors);
    ByteBuffer prefix = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(prefix.putLong(header.length).array());
    out.write(header);
    ByteBuffer chunk =
        ByteBuffer.allocate(CHUNK_VALUES * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[CHUNK_VALUES];
    for (StoredTensor tensor : tensors.values()) {
      long size = tensor.size();
      for (long from = 0; from < size; from += CHUNK_VALUES) {
        int count = (int) Math.min(CHUNK_VALUES, size - from);
        tensor.read(from, values, count);
        chunk.clear();
        for (int i = 0; i < count; i++) {
          type.write(values[i], chunk);
        }
        out.write(chunk.array(), 0, chunk.position());
      }
    }
  }

  private byte[] header(Map<String, ? extends StoredTensor> tensors) {
    ObjectNode root = json.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode texts = root.putObject(SafetensorsHeader.METADATA);
      metadata.forEach(texts::put);
    }
    long offset = 0;
    for (Map.Entry<String, ? extends StoredTensor> tensor : tensors.entrySet()) {
      ObjectNode node = root.putObject(tensor.getKey());
      node.put("dtype", type.name());
      node.set("shape", json.valueToTree(tensor.getValue().shape()));
      long end = offset + bytes(tensor.getValue());
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] text = root.toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(text, (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return padded;
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
