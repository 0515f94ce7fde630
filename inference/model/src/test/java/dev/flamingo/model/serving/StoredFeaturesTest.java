package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flamingo.model.checkpoint.HostTensor;
import dev.flamingo.model.checkpoint.SafetensorsWriter;
import dev.flamingo.model.checkpoint.StoredType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredFeaturesTest {

  @Test
  void visualTokensAreOneTensorInHalfPrecision() {
    VisualTokens tokens = new VisualTokens(2, 3, new float[] {0, 1, -2, .5f, 4, 1024});
    byte[] bytes = tokens.toSafetensors();
    assertThat(VisualTokens.fromSafetensors(bytes)).isEqualTo(tokens);
    int header = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(new String(bytes, 8, header, StandardCharsets.UTF_8))
        .contains("\"dtype\":\"F16\"", "\"shape\":[2,3]", "\"data_offsets\":[0,12]");
    assertThat(bytes).hasSize(8 + header + 12);
  }

  @Test
  void anythingElseIsNoVisualTokens() {
    SafetensorsWriter writer = new SafetensorsWriter(StoredType.F16, Map.of());
    HostTensor flat = HostTensor.of(new float[] {1}, 1);
    HostTensor square = HostTensor.of(new float[] {1}, 1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VisualTokens.fromSafetensors(writer.toBytes(Map.of("a", flat))));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> VisualTokens.fromSafetensors(writer.toBytes(Map.of("a", square, "b", square))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VisualTokens.fromSafetensors(new byte[100]));
  }

  @Test
  void frameFeaturesTakeTwoBytesAValue() {
    FrameFeatures features = new FrameFeatures(new float[] {0, -1.5f, 1e-7f, 70000});
    assertThat(features.toBytes()).hasSize(8);
    assertThat(FrameFeatures.fromBytes(features.toBytes()).values())
        .containsExactly(0, -1.5f, 0x1p-23f, Float.POSITIVE_INFINITY);
    assertThatIllegalArgumentException().isThrownBy(() -> FrameFeatures.fromBytes(new byte[3]));
  }
}
