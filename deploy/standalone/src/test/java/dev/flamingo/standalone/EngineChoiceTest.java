package dev.flamingo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.model.serving.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineChoiceTest {

  private final List<String> log = new ArrayList<>();

  private static EngineChoice choice(Map<String, String> given) {
    return new EngineChoice(
        given.getOrDefault("engine", "onnxruntime"),
        Optional.ofNullable(given.get("device")),
        Optional.ofNullable(given.get("quantize")));
  }

  private Device device(Map<String, String> environment) {
    return choice(environment).device(log::add);
  }

  @Test
  void whatIsNamedIsTaken() {
    assertThat(device(Map.of("device", "cuda"))).isEqualTo(Device.CUDA);
    assertThat(device(Map.of("engine", "onnxruntime", "device", "tensorrt")))
        .isEqualTo(Device.TENSORRT);
    assertThat(device(Map.of("engine", "tensorrt"))).isEqualTo(Device.DJL_TENSORRT);
    assertThat(log)
        .containsExactly(
            "engine: onnxruntime on cuda, as the setting device says",
            "engine: onnxruntime on tensorrt, as the setting device says",
            "engine: tensorrt 8.6 by djl, as the setting engine says");
  }

  @Test
  void whereNothingIsSaidTheCpuIsTaken() {
    assertThat(device(Map.of())).isEqualTo(Device.CPU);
    assertThat(choice(Map.of()).chosen()).isFalse();
    assertThat(choice(Map.of("device", "cpu")).chosen()).isTrue();
    assertThat(choice(Map.of("engine", "auto")).chosen()).isTrue();
    assertThat(log)
        .containsExactly("engine: onnxruntime on cpu, since the setting device says nothing else");
  }

  @Test
  void autoSaysWhatItTookAndWhy() {
    assertThat(device(Map.of("engine", "auto"))).isEqualTo(Device.CPU);
    assertThat(device(Map.of("engine", "auto", "device", "cpu"))).isEqualTo(Device.CPU);
    assertThat(log)
        .containsExactly(
            "engine: onnxruntime on cpu, since this build of onnx runtime knows no cuda: build with"
                + " mvn -Pgpu",
            "engine: onnxruntime on cpu, as the setting device says");
  }

  @Test
  void weightsAreKeptAsTheEnvironmentSaysOrAsSuitsTheDevice() {
    EngineChoice silent = choice(Map.of());
    assertThat(silent.chosen()).isFalse();
    assertThat(silent.quantization(Device.CPU, log::add)).isEqualTo(Quantization.BLOCKS8);
    assertThat(silent.quantization(Device.CUDA, log::add)).isEqualTo(Quantization.NONE);
    EngineChoice named = choice(Map.of("quantize", "int8"));
    assertThat(named.chosen()).isTrue();
    assertThat(named.quantization(Device.CPU, log::add)).isEqualTo(Quantization.INT8);
    assertThat(log)
        .containsExactly(
            "weights: blocks8, which suits cpu",
            "weights: none, which suits cuda",
            "weights: int8, as the setting quantize says");
  }

  @Test
  void whatDoesNotExistIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> choice(Map.of("quantize", "int3")).quantization(Device.CPU, log::add))
        .withMessage("'int3' is no quantization: say auto, none, int8, blocks8 or" + " blocks4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> device(Map.of("device", "tpu")))
        .withMessage("'tpu' is no device: give cpu, cuda or tensorrt");
    assertThatIllegalArgumentException().isThrownBy(() -> device(Map.of("engine", "abacus")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> device(Map.of("engine", "tensorrt", "device", "cuda")))
        .withMessage(
            "device 'cuda' is nothing for djl's tensorrt: leave it out, or set engine to onnxruntime");
    assertThatIllegalArgumentException().isThrownBy(() -> device(Map.of("device", "djl-tensorrt")));
  }
}
