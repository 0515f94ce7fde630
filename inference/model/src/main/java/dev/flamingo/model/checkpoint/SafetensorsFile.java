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
 * A safetensors file of any size, memory-mapped tensor by tensor: only what is asked for is read.
 * Safe for use by several threads.
 */
public final class SafetensorsFile implements Weights, AutoCloseable {

  // A mapping is limited to 2 GiB; a multiple of every number's size.
  private static final int CHUNK_BYTES = 1 << 28;

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

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException if the file can no longer be read
   */
  @Override
  public HostTensor get(String name) {
    SafetensorsHeader.Entry entry = header.tensors().get(name);
    if (entry == null) {
      throw new IllegalArgumentException("there is no tensor %s in %s".formatted(name, path));
    }
    float[] values = new float[HostTensor.size(entry.shape())];
    int step = CHUNK_BYTES / entry.type().bytes();
    try {
      for (int from = 0; from < values.length; from += step) {
        int count = Math.min(step, values.length - from);
        long offset = dataOffset + entry.begin() + (long) from * entry.type().bytes();
        ByteBuffer mapped =
            channel
                .map(FileChannel.MapMode.READ_ONLY, offset, (long) count * entry.type().bytes())
                .order(ByteOrder.LITTLE_ENDIAN);
        fill(values, from, from + count, entry.type(), mapped);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read tensor %s of %s".formatted(name, path), e);
    }
    return new HostTensor(entry.shape(), values);
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
