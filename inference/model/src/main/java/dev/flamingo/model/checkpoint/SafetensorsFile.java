package dev.flamingo.model.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A safetensors file of any size: its tensors are views, of which only what is asked for is read.
 * It is read and not mapped, because pages of a mapping count as the process's memory for as long
 * as it lasts, and a file that shrinks would end the process. Safe for use by several threads.
 */
public final class SafetensorsFile implements StoredWeights {

  private static final int CHUNK_VALUES = 1 << 17;

  private final Path path;
  private final FileChannel channel;
  private final SafetensorsHeader header;
  private final long dataOffset;

  private SafetensorsFile(
      Path path, FileChannel channel, SafetensorsHeader header, long dataOffset) {
    this.path = path;
    this.channel = channel;
    this.header = header;
    this.dataOffset = dataOffset;
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws IOException if it cannot be read or is not a safetensors file, with the reason
   */
  public static SafetensorsFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      ByteBuffer prefix = littleEndian(SafetensorsHeader.PREFIX);
      readFully(channel, prefix, 0);
      long dataOffset = dataOffset(prefix.flip(), channel.size());
      byte[] json = new byte[(int) (dataOffset - SafetensorsHeader.PREFIX)];
      readFully(channel, ByteBuffer.wrap(json), SafetensorsHeader.PREFIX);
      return new SafetensorsFile(
          path, channel, SafetensorsHeader.parse(json, channel.size() - dataOffset), dataOffset);
    } catch (IllegalArgumentException e) {
      channel.close();
      throw new IOException(
          "%s is not a readable safetensors file: %s".formatted(path, e.getMessage()), e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Reads a whole file that is already in memory.
   *
   * @throws IllegalArgumentException if it is not a safetensors file, with the reason
   */
  public static MapWeights read(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int dataOffset = (int) dataOffset(buffer, bytes.length);
    byte[] json = new byte[dataOffset - SafetensorsHeader.PREFIX];
    buffer.get(SafetensorsHeader.PREFIX, json);
    Map<String, HostTensor> tensors = new TreeMap<>();
    SafetensorsHeader header = SafetensorsHeader.parse(json, (long) bytes.length - dataOffset);
    header
        .tensors()
        .forEach(
            (name, entry) -> {
              float[] values = new float[HostTensor.size(entry.shape())];
              buffer.position(dataOffset + (int) entry.begin());
              fill(values, 0, values.length, entry.type(), buffer);
              tensors.put(name, new HostTensor(entry.shape(), values));
            });
    return new MapWeights(tensors, header.metadata());
  }

  /** Returns the free text that the file carries. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  @Override
  public boolean contains(String name) {
    return header.tensors().containsKey(name);
  }

  @Override
  public StoredTensor tensor(String name) {
    SafetensorsHeader.Entry entry = header.tensors().get(name);
    if (entry == null) {
      throw new IllegalArgumentException("there is no tensor %s in %s".formatted(name, path));
    }
    return new FileTensor(name, entry);
  }

  /** A view of the file: what is read of it is not kept. */
  private final class FileTensor implements StoredTensor {

    private final String name;
    private final SafetensorsHeader.Entry entry;

    FileTensor(String name, SafetensorsHeader.Entry entry) {
      this.name = name;
      this.entry = entry;
    }

    @Override
    public long[] shape() {
      return entry.shape().clone();
    }

    @Override
    public void read(long first, float[] target, int count) {
      StoredType type = entry.type();
      ByteBuffer chunk = littleEndian(Math.min(CHUNK_VALUES, count) * type.bytes());
      for (int done = 0; done < count; done += CHUNK_VALUES) {
        int values = Math.min(CHUNK_VALUES, count - done);
        chunk.clear().limit(values * type.bytes());
        long offset = dataOffset + entry.begin() + (first + done) * type.bytes();
        try {
          readFully(channel, chunk, offset);
        } catch (IOException e) {
          throw new UncheckedIOException("cannot read tensor %s of %s".formatted(name, path), e);
        }
        if (chunk.hasRemaining()) {
          throw new UncheckedIOException(
              new IOException("%s ends within tensor %s: fetch it again".formatted(path, name)));
        }
        fill(target, done, done + values, type, chunk.flip());
      }
    }
  }

  @Override
  public Set<String> names() {
    return header.tensors().keySet();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static void fill(float[] values, int from, int to, StoredType type, ByteBuffer source) {
    for (int i = from; i < to; i++) {
      values[i] = type.read(source);
    }
  }

  private static long dataOffset(ByteBuffer start, long fileBytes) {
    if (start.remaining() < SafetensorsHeader.PREFIX) {
      throw new IllegalArgumentException("it has only %d bytes".formatted(fileBytes));
    }
    long headerBytes = start.getLong(0);
    long limit = Math.min(SafetensorsHeader.MAX_BYTES, fileBytes - SafetensorsHeader.PREFIX);
    if (headerBytes < 2 || headerBytes > limit) {
      throw new IllegalArgumentException(
          "it begins with a header length of %d, outside 2 to %d".formatted(headerBytes, limit));
    }
    return SafetensorsHeader.PREFIX + headerBytes;
  }

  private static void readFully(FileChannel channel, ByteBuffer target, long offset)
      throws IOException {
    long position = offset;
    int count = 0;
    while (target.hasRemaining() && count >= 0) {
      count = channel.read(target, position);
      position += Math.max(count, 0);
    }
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
