package dev.flamingo.job.state;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.function.IntFunction;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/** Reads the fields of stored records, as {@link StoredOutput} wrote them. */
public final class StoredInput {

  private final DataInputView in;

  StoredInput(DataInputView in) {
    this.in = in;
  }

  int version() throws IOException {
    return in.readUnsignedByte();
  }

  boolean flag() throws IOException {
    return in.readBoolean();
  }

  int shortNumber() throws IOException {
    return in.readInt();
  }

  long number() throws IOException {
    return in.readLong();
  }

  @Nullable Long numberOrNull() throws IOException {
    return in.readBoolean() ? (Long) in.readLong() : null;
  }

  long[] numbers() throws IOException {
    long[] values = new long[length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readLong();
    }
    return values;
  }

  String text() throws IOException {
    String value = textOrNull();
    if (value == null) {
      throw new StreamCorruptedException("a stored text is missing: the state is broken");
    }
    return value;
  }

  @Nullable String textOrNull() throws IOException {
    return StringValue.readString(in);
  }

  String[] texts() throws IOException {
    String[] values = new String[length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = text();
    }
    return values;
  }

  byte[] bytes() throws IOException {
    return bytes(length());
  }

  byte @Nullable [] bytesOrNull() throws IOException {
    int length = in.readInt();
    return length == StoredOutput.NONE ? null : bytes(checked(length));
  }

  private byte[] bytes(int length) throws IOException {
    byte[] value = new byte[length];
    in.readFully(value);
    return value;
  }

  byte[][] arrays() throws IOException {
    return arrays(length());
  }

  byte @Nullable [][] arraysOrNull() throws IOException {
    int length = in.readInt();
    return length == StoredOutput.NONE ? null : arrays(checked(length));
  }

  private byte[][] arrays(int length) throws IOException {
    byte[][] values = new byte[length][];
    for (int i = 0; i < length; i++) {
      values[i] = bytes();
    }
    return values;
  }

  <T> @Nullable T recordOrNull(StoredType.Reader<T> reader) throws IOException {
    return in.readBoolean() ? reader.read(this) : null;
  }

  <T> T[] records(StoredType.Reader<T> reader, IntFunction<T[]> array) throws IOException {
    T[] values = array.apply(length());
    for (int i = 0; i < values.length; i++) {
      values[i] = reader.read(this);
    }
    return values;
  }

  private int length() throws IOException {
    return checked(in.readInt());
  }

  private static int checked(int length) throws StreamCorruptedException {
    if (length < 0) {
      throw new StreamCorruptedException(
          "a stored array has a length of %d: the state is broken".formatted(length));
    }
    return length;
  }
}
