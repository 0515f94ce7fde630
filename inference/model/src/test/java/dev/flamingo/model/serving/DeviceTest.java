package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flamingo.model.bundle.Bundle;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The build that is tested has no provider but the CPU's, whatever the machine has. */
class DeviceTest {

  @Test
  void theProcessorIsAlwaysThere() throws IOException {
    assertThat(Device.CPU.missing()).isEmpty();
    Device.CPU.require();
  }

  @ParameterizedTest
  @EnumSource
  void everyDeviceIsFoundByItsName(Device device) {
    assertThat(Device.named(device.label())).isEqualTo(device);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Device.named("tpu"))
        .withMessage("'tpu' is no device: say cpu or cuda or tensorrt or djl-tensorrt");
  }

  @ParameterizedTest
  @EnumSource(names = "CPU", mode = EnumSource.Mode.EXCLUDE)
  void whatAGpuLacksIsSaidInASentenceAndNothingElseIsTaken(Device device, @TempDir Path directory)
      throws IOException {
    assertThat(device.missing())
        .hasValueSatisfying(
            missing -> assertThat(missing).matches("this build .* no .*: build with mvn -P.*"));
    assertThatExceptionOfType(DeviceException.class)
        .isThrownBy(device::require)
        .withMessage(device.missing().orElseThrow());
    Bundle bundle = RandomBundle.write(directory.resolve("bundle"), 15);
    EngineOptions options = EngineOptions.cachedIn(directory.resolve("graphs")).on(device);
    assertThatExceptionOfType(DeviceException.class)
        .isThrownBy(() -> FlamingoEngine.open(bundle, options).close())
        .withMessageContaining("build with mvn -P");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true|CUDA failure 700: an illegal memory access was encountered ; GPU=0 ; hostname=x",
        "true|CUDNN failure 4: CUDNN_STATUS_INTERNAL_ERROR ; GPU=0 ; hostname=x",
        "true|CUBLAS failure 13: the function failed to launch on the GPU ; GPU=0",
        "true|TensorRT EP execution context enqueue failed.",
        "false|CUDA failure 2: out of memory ; GPU=0 ; hostname=x",
        "false|Failed to allocate memory for requested buffer of size 64",
        "false|Unexpected input data type. Actual: (tensor(int64))"
      })
  void anErrorOfCudaCostsTheGpuForTheRestOfTheProcess(boolean lost, String message) {
    RuntimeException failure =
        new RuntimeException("a graph failed", new IOException("node: " + message));
    assertThat(Device.CUDA.isLostBy(failure)).isEqualTo(lost);
    assertThat(Device.TENSORRT.isLostBy(failure)).isEqualTo(lost);
    assertThat(Device.CPU.isLostBy(failure)).isFalse();
  }
}
