package dev.flamingo.job.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a checkpoint says of the records in it: their kind and newest version. This class's name is
 * the only one of ours in a checkpoint, and so must never change.
 *
 * @param <T> the record
 */
public final class StoredSnapshot<T> implements TypeSerializerSnapshot<T> {

  private static final int FORMAT = 1;

  private String name = "";
  private int version;

  /** For Flink, which then calls {@link #readSnapshot}. */
  public StoredSnapshot() {}

  StoredSnapshot(StoredType<T> type) {
    name = type.name();
    version = type.version();
  }

  @Override
  public int getCurrentVersion() {
    return FORMAT;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeUTF(name);
    out.writeInt(version);
  }

  /**
   * Reads one.
   *
   * @throws UnreadableStateException if this version does not know the kind, or only older versions
   */
  @Override
  public void readSnapshot(int format, DataInputView in, ClassLoader loader) throws IOException {
    name = in.readUTF();
    version = in.readInt();
    StoredType<?> known = StoredTypes.named(name);
    if (format > FORMAT || version > known.version()) {
      throw UnreadableStateException.ofVersion(name, version, known.version());
    }
  }

  @Override
  @SuppressWarnings("unchecked") // a name stands for one kind
  public TypeSerializer<T> restoreSerializer() {
    return (TypeSerializer<T>) StoredTypes.named(name).serializer();
  }

  /**
   * Returns that all versions of a kind can be read.
   *
   * @throws UnreadableStateException if the old records are of another kind
   */
  @Override
  public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> old) {
    if (old instanceof StoredSnapshot<?> same && same.name.equals(name)) {
      return TypeSerializerSchemaCompatibility.compatibleAsIs();
    }
    throw UnreadableStateException.ofOther(
        name, old instanceof StoredSnapshot<?> other ? other.name : old.getClass().getSimpleName());
  }
}
