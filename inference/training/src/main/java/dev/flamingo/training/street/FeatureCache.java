package dev.flamingo.training.street;

import dev.flamingo.model.checkpoint.Half;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The frozen encoder's features of many clips in a file, in half precision. Clips are written in
 * order, so that an interrupted run goes on behind the whole ones.
 */
final class FeatureCache implements AutoCloseable {

  private final RandomAccessFile file;
  private final FileChannel channel;
  private final int clipValues;

  FeatureCache(Path path, int clipValues) throws IOException {
    this.clipValues = clipValues;
    file = new RandomAccessFile(path.toFile(), "rw");
    channel = file.getChannel();
  }

  /** Returns the number of whole clips in it. */
  int clips() throws IOException {
    return (int) (channel.size() / clipBytes());
  }

  /** Writes the features of clips from a number on; those before it are there. */
  void write(int clip, float[] features) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(features.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    ShortBuffer halves = bytes.asShortBuffer();
    for (float feature : features) {
      halves.put(Half.of(feature));
    }
    channel.write(bytes, clip * clipBytes());
  }

  /** Reads the features of a clip into a place of an array. */
  void read(int clip, float[] target, int offset) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) clipBytes()).order(ByteOrder.LITTLE_ENDIAN);
    channel.read(bytes, clip * clipBytes());
    ShortBuffer halves = bytes.flip().asShortBuffer();
    for (int i = 0; i < clipValues; i++) {
      target[offset + i] = Half.toFloat(halves.get(i));
    }
  }

  private long clipBytes() {
    return (long) clipValues * Short.BYTES;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
