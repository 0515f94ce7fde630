package dev.flamingo.job.state;

import java.io.IOException;
import java.util.List;

/**
 * A kind of record in the job's state. Every value is written as one byte with its version and then
 * its fields, so that values of several versions may lie side by side. To change a kind, add a
 * record with the next version and, at the end of {@code readers}, its reader; the readers of older
 * versions stay and convert to the newest.
 *
 * @param <T> the newest version's record
 * @param name of the kind in checkpoints; never given to another kind
 * @param type the newest version's record
 * @param writer writes the newest version
 * @param readers reads version n at place n - 1
 */
public record StoredType<T>(
    String name, Class<T> type, Writer<T> writer, List<Reader<? extends T>> readers) {

  /**
   * Writes a record's fields.
   *
   * @param <T> the record
   */
  @FunctionalInterface
  public interface Writer<T> {

    /**
     * Writes all fields in their order.
     *
     * @throws IOException if the output fails
     */
    void write(T value, StoredOutput out) throws IOException;
  }

  /**
   * Reads a record's fields.
   *
   * @param <T> the record
   */
  @FunctionalInterface
  public interface Reader<T> {

    /**
     * Reads all fields in their order.
     *
     * @throws IOException if the input fails or holds something else
     */
    T read(StoredInput in) throws IOException;
  }

  /** Returns the version that is written. */
  int version() {
    return readers.size();
  }

  void write(T value, StoredOutput out) throws IOException {
    out.version(version());
    writer.write(value, out);
  }

  T read(StoredInput in) throws IOException {
    int version = in.version();
    if (version < 1 || version > version()) {
      throw UnreadableStateException.ofVersion(name, version, version());
    }
    return readers.get(version - 1).read(in);
  }

  /** Returns how Flink describes a stream or state of these records. */
  public StoredTypeInfo<T> info() {
    return new StoredTypeInfo<>(this);
  }

  /** Returns how Flink writes and reads these records. */
  public StoredSerializer<T> serializer() {
    return new StoredSerializer<>(this);
  }
}
