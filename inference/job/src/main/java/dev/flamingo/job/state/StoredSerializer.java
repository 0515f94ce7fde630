package dev.flamingo.job.state;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads stored records of a kind. Records are taken as immutable, arrays in them
 * included.
 *
 * @param <T> the record
 */
public final class StoredSerializer<T> extends TypeSerializer<T> {

  private static final long serialVersionUID = 1;

  private final String name;
  private final transient StoredType<T> type;

  StoredSerializer(StoredType<T> type) {
    this.type = type;
    name = type.name();
  }

  /** Functions do not travel with the job: the kind is looked up where it arrives. */
  @Serial
  private Object readResolve() {
    return StoredTypes.named(name).serializer();
  }

  @Override
  public void serialize(T value, DataOutputView out) throws IOException {
    type.write(value, new StoredOutput(out));
  }

  @Override
  public T deserialize(DataInputView in) throws IOException {
    return type.read(new StoredInput(in));
  }

  @Override
  public T deserialize(T reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public T copy(T value) {
    return value;
  }

  @Override
  public T copy(T value, T reuse) {
    return value;
  }

  @Override
  public TypeSerializer<T> duplicate() {
    return this;
  }

  /** Returns none: there is no empty record. */
  @Override
  @SuppressWarnings("NullAway")
  public @Nullable T createInstance() {
    return null;
  }

  /** Returns that lengths differ. */
  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new StoredSnapshot<>(type);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredSerializer<?> same && same.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name + " records";
  }
}
