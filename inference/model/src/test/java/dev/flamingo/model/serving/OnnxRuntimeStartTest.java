package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OnnxRuntimeStartTest {

  @Test
  void itStartsInAProcessWithACommandLineAsLongAsAClassPath() throws Exception {
    assertThat(exitOfAProcess("x".repeat(30_000))).isZero();
  }

  private static int exitOfAProcess(String argument) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                System.getProperty("java.class.path"),
                Started.class.getName(),
                argument)
            .inheritIO()
            .start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  /** What the process runs. */
  static final class Started {

    private Started() {}

    public static void main(String[] arguments) {
      OnnxRuntimeStart.ensure();
    }
  }
}
