package dev.flamingo.training.run;

import dev.flamingo.model.checkpoint.Half;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The frozen encoder's features of many media in a file, in half precision. Media are written in
 * order, so that an interrupted run goes on behind the whole ones.
 */
public final class FeatureCache implements AutoCloseable {

  private final RandomAccessFile file;
  private final FileChannel channel;
  private final int values;

  /**
   * Opens a file, or makes it.
   *
   * @param values features of one medium
   * @throws IOException if it cannot be opened
   */
  public FeatureCache(Path path, int values) throws IOException {
    this.values = values;
    file = new RandomAccessFile(path.toFile(), "rw");
    channel = file.getChannel();
  }

  /**
   * Returns the number of whole media in it.
   *
   * @throws IOException if the file cannot be read
   */
  public int media() throws IOException {
    return (int) (channel.size() / mediumBytes());
  }

  /**
   * Writes the features of media from a number on; those before it are there.
   *
   * @throws IOException if the file cannot be written
   */
  public void write(int medium, float[] features) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(features.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    ShortBuffer halves = bytes.asShortBuffer();
    for (float feature : features) {
      halves.put(Half.of(feature));
    }
    channel.write(bytes, medium * mediumBytes());
  }

  /**
   * Reads the features of a medium into a place of an array.
   *
   * @throws IOException if the file cannot be read
   */
  public void read(int medium, float[] target, int offset) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) mediumBytes()).order(ByteOrder.LITTLE_ENDIAN);
    channel.read(bytes, medium * mediumBytes());
    ShortBuffer halves = bytes.flip().asShortBuffer();
    for (int i = 0; i < values; i++) {
      target[offset + i] = Half.toFloat(halves.get(i));
    }
  }

  private long mediumBytes() {
    return (long) values * Short.BYTES;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
