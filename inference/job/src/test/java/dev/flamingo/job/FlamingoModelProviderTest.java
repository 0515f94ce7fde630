package dev.flamingo.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flamingo.job.model.FlamingoModelProvider;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.onnx.Quantization;
import dev.flamingo.model.serving.Device;
import dev.flamingo.model.serving.DeviceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlamingoModelProviderTest {

  @Test
  void theDeviceTravelsToWhereTheModelIsOpened(@TempDir Path folder) throws Exception {
    Bundle bundle = RandomBundle.write(folder.resolve("bundle"), 3);
    FlamingoModelProvider onCpu =
        new FlamingoModelProvider(
            bundle.directory().toString(), folder.resolve("cache").toString(), 1);
    assertThat(onCpu.device()).isEqualTo(Device.CPU);

    FlamingoModelProvider travelled = InstantiationUtil.clone(onCpu.on(Device.CUDA));

    assertThat(travelled).isEqualTo(onCpu.on(Device.CUDA)).isNotEqualTo(onCpu);
    assertThatExceptionOfType(DeviceException.class)
        .isThrownBy(() -> travelled.open().close())
        .withMessageContaining("mvn -Pgpu");
  }

  @Test
  void theKindOfWeightsTravelsToWhereTheModelIsOpened(@TempDir Path folder) throws Exception {
    Bundle bundle = RandomBundle.write(folder.resolve("bundle"), 3);
    Path cache = folder.resolve("cache");
    FlamingoModelProvider provider =
        new FlamingoModelProvider(bundle.directory().toString(), cache.toString(), 1);

    InstantiationUtil.clone(provider.with(Quantization.INT8)).open().close();

    try (Stream<Path> files = Files.walk(cache)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("decoder-int8.onnx")
          .doesNotContain("decoder.onnx");
    }
  }
}
