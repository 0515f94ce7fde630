package dev.flamingo.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

  private static final Map<String, HostTensor> TENSORS =
      Map.of(
          "a.weight", HostTensor.of(new float[] {1, -2, 3, 4, 5, 6}, 2, 3),
          "a.bias", HostTensor.of(new float[] {7}),
          "empty", HostTensor.of(new float[0], 0, 3));

  private final Path directory;

  SafetensorsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @EnumSource(StoredType.class)
  void whatIsWrittenIsReadAgain(StoredType type) throws IOException {
    Path path = directory.resolve("sub/weights.safetensors");
    SafetensorsWriter writer = new SafetensorsWriter(type, Map.of("by", "a test"));
    writer.write(TENSORS, path);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.names()).isEqualTo(TENSORS.keySet());
      assertThat(file.metadata()).containsExactly(Map.entry("by", "a test"));
      TENSORS.forEach((name, tensor) -> assertThat(file.tensor(name).floats()).isEqualTo(tensor));
    }
    assertThat(SafetensorsFile.read(writer.toBytes(TENSORS)).tensors()).isEqualTo(TENSORS);
    try (var files = Files.list(directory.resolve("sub"))) {
      assertThat(files).containsExactly(path);
    }
  }

  @Test
  void aFileHasThePermissionsOfOrdinaryFiles() throws IOException {
    Path path = directory.resolve("weights.safetensors");
    new SafetensorsWriter(StoredType.F32, Map.of()).write(TENSORS, path);
    Path ordinary = Files.createFile(directory.resolve("ordinary"));
    assertThat(Files.getPosixFilePermissions(path))
        .isEqualTo(Files.getPosixFilePermissions(ordinary));
  }

  @Test
  void aScopeHidesThePrefix() {
    Weights scope = new MapWeights(TENSORS).scope("a.");
    assertThat(scope.names()).containsExactly("bias", "weight");
    assertThat(scope.contains("bias")).isTrue();
    assertThat(scope.contains("empty")).isFalse();
    assertThat(scope.tensor("bias").floats().values()).containsExactly(7);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scope.tensor("gate"))
        .withMessageContaining("a.gate");
  }

  @Test
  void aFileThatIsCutOffSaysWhichTensorIsMissing() throws IOException {
    byte[] bytes = new SafetensorsWriter(StoredType.F32, Map.of()).toBytes(TENSORS);
    Path path = directory.resolve("cut");
    Files.write(path, Arrays.copyOf(bytes, bytes.length - 4));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> SafetensorsFile.open(path))
        .withMessageContainingAll("cut", "a.weight", "damaged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"x\":1}",
        "{\"x\":{\"dtype\":\"F8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[4000000000,4000000000],\"data_offsets\":[0,0]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"x\":{}}",
        "{\"x\":{"
      })
  void aBadHeaderIsRefused(String json) throws IOException {
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + header.length + 4).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length).put(header);
    assertThatIllegalArgumentException().isThrownBy(() -> SafetensorsFile.read(file.array()));
    Path path = Files.write(directory.resolve("bad"), file.array());
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> SafetensorsFile.open(path))
        .withMessageContaining("not a readable safetensors file");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1, 9, Long.MAX_VALUE})
  void aHeaderLengthBeyondTheFileIsRefused(long length) {
    ByteBuffer file = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafetensorsFile.read(file.array()))
        .withMessageContaining(Long.toString(length));
  }

  @Test
  void anEmptyFileIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> SafetensorsFile.read(new byte[3]));
  }
}
