package dev.flamingo.job.state;

import java.io.Serial;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * Describes streams and states of stored records to Flink.
 *
 * @param <T> the record
 */
public final class StoredTypeInfo<T> extends TypeInformation<T> {

  private static final long serialVersionUID = 1;

  private final String name;
  private final transient StoredType<T> type;

  StoredTypeInfo(StoredType<T> type) {
    this.type = type;
    name = type.name();
  }

  @Serial
  private Object readResolve() {
    return StoredTypes.named(name).info();
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return type.serializer();
  }

  @Override
  public Class<T> getTypeClass() {
    return type.type();
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  /** Returns that they are no keys: keys are strings and numbers alone. */
  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof StoredTypeInfo<?>;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredTypeInfo<?> same && same.name.equals(name);
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
