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
        .withMessage("'tpu' is no device: say cpu, cuda or tensorrt");
  }

  @ParameterizedTest
  @EnumSource(names = "CPU", mode = EnumSource.Mode.EXCLUDE)
  void whatAGpuLacksIsSaidInASentenceAndNothingElseIsTaken(Device device, @TempDir Path directory)
      throws IOException {
    assertThat(device.missing())
        .hasValueSatisfying(
            missing -> assertThat(missing).matches("this build of onnx runtime knows no .*-Pgpu"));
    assertThatExceptionOfType(DeviceException.class)
        .isThrownBy(device::require)
        .withMessage(device.missing().orElseThrow());
    Bundle bundle = RandomBundle.write(directory.resolve("bundle"), 15);
    EngineOptions options = EngineOptions.cachedIn(directory.resolve("graphs")).on(device);
    assertThatExceptionOfType(DeviceException.class)
        .isThrownBy(() -> FlamingoEngine.open(bundle, options).close())
        .withMessageContaining("build with mvn -Pgpu");
  }
}
