package dev.flamingo.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class NativeMemoryTest {

  /** A process whose first use of native code is one of ours. */
  static final class Probe {

    public static void main(String[] arguments) throws ClassNotFoundException {
      Class<?> first = Class.forName(arguments[0]);
      System.out.print(first.getSimpleName() + " " + Pointer.maxPhysicalBytes());
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {FrameSources.class, JpegEncoder.class, ClipWriter.class})
  void javacppDoesNotBoundTheProcessWhateverIsUsedFirst(Class<?> first) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Probe.class.getName(),
                first.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(first.getSimpleName() + " 0");
  }
}
