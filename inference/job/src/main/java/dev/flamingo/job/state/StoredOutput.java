package dev.flamingo.job.state;

import java.io.IOException;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/** Writes the fields of stored records; {@link StoredInput} reads them in the same order. */
public final class StoredOutput {

  /** The length of an array that is null. */
  static final int NONE = -1;

  private final DataOutputView out;

  StoredOutput(DataOutputView out) {
    this.out = out;
  }

  void version(int version) throws IOException {
    out.writeByte(version);
  }

  void flag(boolean value) throws IOException {
    out.writeBoolean(value);
  }

  void number(int value) throws IOException {
    out.writeInt(value);
  }

  void number(long value) throws IOException {
    out.writeLong(value);
  }

  void numberOrNull(@Nullable Long value) throws IOException {
    out.writeBoolean(value != null);
    if (value != null) {
      out.writeLong(value);
    }
  }

  void numbers(long[] values) throws IOException {
    out.writeInt(values.length);
    for (long value : values) {
      out.writeLong(value);
    }
  }

  /** Writes characters as they are: not every string of Java's has a form in UTF-8. */
  void text(@Nullable String value) throws IOException {
    StringValue.writeString(value, out);
  }

  void texts(String[] values) throws IOException {
    out.writeInt(values.length);
    for (String value : values) {
      text(value);
    }
  }

  void bytes(byte @Nullable [] value) throws IOException {
    out.writeInt(value == null ? NONE : value.length);
    if (value != null) {
      out.write(value);
    }
  }

  void arrays(byte @Nullable [][] values) throws IOException {
    out.writeInt(values == null ? NONE : values.length);
    if (values != null) {
      for (byte[] value : values) {
        bytes(value);
      }
    }
  }

  <T> void recordOrNull(@Nullable T value, StoredType.Writer<T> writer) throws IOException {
    out.writeBoolean(value != null);
    if (value != null) {
      writer.write(value, this);
    }
  }

  <T> void records(T[] values, StoredType.Writer<T> writer) throws IOException {
    out.writeInt(values.length);
    for (T value : values) {
      writer.write(value, this);
    }
  }
}
