package dev.flamingo.job.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StoredTypesTest {

  static Stream<StoredType<?>> kinds() {
    return StoredTypes.names().stream().sorted().map(StoredTypes::named);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  <T> void everyRecordIsReadAsItWasWritten(StoredType<T> kind) throws Exception {
    Samples samples = new Samples(7);
    StoredSerializer<T> serializer = kind.serializer();
    for (int i = 0; i < 200; i++) {
      T record = samples.of(kind.type());
      DataInputDeserializer in = new DataInputDeserializer(bytes(serializer, record));
      assertThat(serializer.deserialize(in)).usingRecursiveComparison().isEqualTo(record);
      assertThat(in.available()).isZero();
    }
  }

  /**
   * What a release has written must be read for ever. Where this fails, leave the record as it is,
   * put the change into one of the next version, and add that one's line to the file.
   */
  @ParameterizedTest
  @MethodSource("kinds")
  <T> void noFormatThatWasReleasedChanges(StoredType<T> kind) throws Exception {
    byte[] sample = bytes(kind.serializer(), new Samples(1).of(kind.type()));
    assertThat(released())
        .containsEntry(kind.name() + "." + kind.version(), HexFormat.of().formatHex(sample));
  }

  @Test
  void everyFormatThatWasReleasedIsRead() throws IOException {
    Properties released = released();
    assertThat(released).isNotEmpty();
    for (String format : released.stringPropertyNames()) {
      StoredType<?> kind = StoredTypes.named(format.substring(0, format.indexOf('.')));
      DataInputDeserializer in =
          new DataInputDeserializer(HexFormat.of().parseHex(released.getProperty(format)));
      assertThat((Object) kind.serializer().deserialize(in)).isInstanceOf(kind.type());
      assertThat(in.available()).isZero();
    }
  }

  /** Returns the bytes of a sample by kind and version. */
  private static Properties released() throws IOException {
    Properties released = new Properties();
    try (InputStream file = StoredTypesTest.class.getResourceAsStream("formats.properties")) {
      released.load(file);
    }
    return released;
  }

  @Test
  void anOldVersionIsReadAsTheNewest() throws IOException {
    StoredType<Long> old =
        new StoredType<>(
            "age", Long.class, (value, out) -> out.number(value), List.of(StoredInput::number));
    StoredType<String> now =
        new StoredType<>(
            "age",
            String.class,
            (value, out) -> out.text(value),
            List.of(in -> "aged " + in.number(), StoredInput::text));

    assertThat(now.serializer().deserialize(new DataInputDeserializer(bytes(old.serializer(), 7L))))
        .isEqualTo("aged 7");
    assertThat(
            now.serializer().deserialize(new DataInputDeserializer(bytes(now.serializer(), "new"))))
        .isEqualTo("new");
    DataInputDeserializer future = new DataInputDeserializer(bytes(now.serializer(), "new"));
    assertThatThrownBy(() -> old.serializer().deserialize(future))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessage("its age records have version 2, and this version reads 1 to 1");
  }

  @Test
  void aKindIsCompatibleWithItselfAlone() {
    assertThat(
            compatibility(StoredTypes.WAIT, StoredTypes.WAIT.serializer().snapshotConfiguration())
                .isCompatibleAsIs())
        .isTrue();
    assertThatThrownBy(
            () ->
                compatibility(
                    StoredTypes.WAIT, StoredTypes.TOTAL.serializer().snapshotConfiguration()))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessage("where this version keeps wait records, it holds others: total");
  }

  @SuppressWarnings("unchecked") // as Flink does, which does not know what it has read
  private static <T> TypeSerializerSchemaCompatibility<T> compatibility(
      StoredType<T> kind, TypeSerializerSnapshot<?> old) {
    return kind.serializer()
        .snapshotConfiguration()
        .resolveSchemaCompatibility((TypeSerializerSnapshot<T>) old);
  }

  @Test
  void aKindOfAnotherVersionOfTheJobIsRefusedInASentence() throws IOException {
    assertThatThrownBy(() -> restored("watch", 1))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessage("it holds watch records, which this version does not know");
    assertThatThrownBy(() -> restored("wait", 9))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessage("its wait records have version 9, and this version reads 1 to 1");
    assertThat(restored("wait", 1).restoreSerializer()).isEqualTo(StoredTypes.WAIT.serializer());
  }

  private static StoredSnapshot<?> restored(String name, int version) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeUTF(name);
    out.writeInt(version);
    StoredSnapshot<?> snapshot = new StoredSnapshot<>();
    snapshot.readSnapshot(
        1,
        new DataInputDeserializer(out.getCopyOfBuffer()),
        StoredTypesTest.class.getClassLoader());
    return snapshot;
  }

  @Test
  void serializersTravelWithTheJob() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(List.of(StoredTypes.WAIT.serializer(), StoredTypes.WAIT.info()));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      List<?> arrived = (List<?>) in.readObject();
      assertThat(arrived.get(0)).isEqualTo(StoredTypes.WAIT.serializer());
      assertThat(((StoredTypeInfo<?>) arrived.get(1)).getTypeClass()).isEqualTo(StoredWaitV1.class);
    }
  }

  private static <T> byte[] bytes(StoredSerializer<T> serializer, T record) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(record, out);
    return out.getCopyOfBuffer();
  }
}
