package dev.flamingo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.model.serving.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineChoiceTest {

  private final List<String> log = new ArrayList<>();

  private Device device(Map<String, String> environment) {
    return EngineChoice.of(environment).device(log::add);
  }

  @Test
  void whatIsNamedIsTaken() {
    assertThat(device(Map.of("FLAMINGO_DEVICE", "cuda"))).isEqualTo(Device.CUDA);
    assertThat(device(Map.of("FLAMINGO_ENGINE", "onnxruntime", "FLAMINGO_DEVICE", "tensorrt")))
        .isEqualTo(Device.TENSORRT);
    assertThat(device(Map.of("FLAMINGO_ENGINE", "tensorrt"))).isEqualTo(Device.DJL_TENSORRT);
    assertThat(log)
        .containsExactly(
            "engine: onnxruntime on cuda, as FLAMINGO_DEVICE says",
            "engine: onnxruntime on tensorrt, as FLAMINGO_DEVICE says",
            "engine: tensorrt 8.6 by djl, as FLAMINGO_ENGINE says");
  }

  @Test
  void whereNothingIsSaidTheCpuIsTaken() {
    assertThat(device(Map.of())).isEqualTo(Device.CPU);
    assertThat(EngineChoice.of(Map.of()).said()).isFalse();
    assertThat(EngineChoice.of(Map.of("FLAMINGO_DEVICE", "cpu")).said()).isTrue();
    assertThat(EngineChoice.of(Map.of("FLAMINGO_ENGINE", "auto")).said()).isTrue();
    assertThat(log)
        .containsExactly("engine: onnxruntime on cpu, since FLAMINGO_DEVICE says nothing else");
  }

  @Test
  void autoSaysWhatItTookAndWhy() {
    assertThat(device(Map.of("FLAMINGO_ENGINE", "auto"))).isEqualTo(Device.CPU);
    assertThat(device(Map.of("FLAMINGO_ENGINE", "auto", "FLAMINGO_DEVICE", "cpu")))
        .isEqualTo(Device.CPU);
    assertThat(log)
        .containsExactly(
            "engine: onnxruntime on cpu, since this build of onnx runtime knows no cuda: build with"
                + " mvn -Pgpu",
            "engine: onnxruntime on cpu, as FLAMINGO_DEVICE says");
  }

  @Test
  void weightsAreKeptAsTheEnvironmentSaysOrAsSuitsTheDevice() {
    EngineChoice silent = EngineChoice.of(Map.of());
    assertThat(silent.said()).isFalse();
    assertThat(silent.quantization(Device.CPU, log::add)).isEqualTo(Quantization.BLOCKS8);
    assertThat(silent.quantization(Device.CUDA, log::add)).isEqualTo(Quantization.NONE);
    EngineChoice named = EngineChoice.of(Map.of("FLAMINGO_QUANTIZE", "int8"));
    assertThat(named.said()).isTrue();
    assertThat(named.quantization(Device.CPU, log::add)).isEqualTo(Quantization.INT8);
    assertThat(log)
        .containsExactly(
            "weights: blocks8, which suits cpu",
            "weights: none, which suits cuda",
            "weights: int8, as FLAMINGO_QUANTIZE says");
  }

  @Test
  void whatDoesNotExistIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EngineChoice.of(Map.of("FLAMINGO_QUANTIZE", "int3"))
                    .quantization(Device.CPU, log::add))
        .withMessage(
            "FLAMINGO_QUANTIZE 'int3' is no quantization: say auto, none, int8, blocks8 or"
                + " blocks4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> device(Map.of("FLAMINGO_DEVICE", "tpu")))
        .withMessage("FLAMINGO_DEVICE 'tpu' is no device: say cpu, cuda or tensorrt");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> device(Map.of("FLAMINGO_ENGINE", "abacus")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> device(Map.of("FLAMINGO_ENGINE", "tensorrt", "FLAMINGO_DEVICE", "cuda")))
        .withMessage(
            "FLAMINGO_DEVICE 'cuda' is nothing for djl's tensorrt: leave it out, or set"
                + " FLAMINGO_ENGINE=onnxruntime");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> device(Map.of("FLAMINGO_DEVICE", "djl-tensorrt")));
  }
}
