package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flamingo.model.onnx.Quantization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuantizationChoiceTest {

  @Test
  void autoTakesWhatSuitsTheDevice() {
    QuantizationChoice auto = QuantizationChoice.named("auto");
    assertThat(auto).isEqualTo(QuantizationChoice.AUTO);
    assertThat(auto.on(Device.CPU)).isEqualTo(Quantization.BLOCKS8);
    assertThat(auto.on(Device.CUDA)).isEqualTo(Quantization.NONE);
    assertThat(auto.on(Device.TENSORRT)).isEqualTo(Quantization.NONE);
  }

  @ParameterizedTest
  @EnumSource(Quantization.class)
  void whatIsNamedIsTakenOnEveryDevice(Quantization kind) {
    QuantizationChoice named = QuantizationChoice.named(kind.label());
    for (Device device : Device.values()) {
      assertThat(named.on(device)).isEqualTo(kind);
    }
  }

  @Test
  void whatDoesNotExistIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> QuantizationChoice.named("int3"))
        .withMessage("'int3' is no quantization: say auto, none, int8, blocks8 or blocks4");
  }
}
