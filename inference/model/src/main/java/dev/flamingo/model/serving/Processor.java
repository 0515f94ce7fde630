package dev.flamingo.model.serving;

import ai.onnxruntime.OrtEnvironment;
import dev.flamingo.model.bundle.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kind of processor that weights are laid out for, and the runtime that does so: another kind
 * computes with other layouts.
 *
 * @param key differs between kinds
 */
record Processor(String key) {

  private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");
  private static final List<String> KIND =
      List.of(
          "vendor_id", "cpu family", "model", "flags", "CPU implementer", "CPU part", "Features");
  private static final int SHORT_HASH = 12;

  /**
   * Returns this machine's.
   *
   * @throws IOException if the system's description cannot be read
   */
  static Processor here() throws IOException {
    OnnxRuntimeStart.ensure();
    String system = System.getProperty("os.name") + "\n" + System.getProperty("os.arch") + "\n";
    String runtime = OrtEnvironment.getEnvironment().getVersion() + "\n";
    String kind = system + runtime + described();
    return new Processor(Sha256.of(kind.getBytes(StandardCharsets.UTF_8)).substring(0, SHORT_HASH));
  }

  private static String described() throws IOException {
    if (!Files.isRegularFile(DESCRIPTION)) {
      return "";
    }
    try (Stream<String> lines = Files.lines(DESCRIPTION)) {
      // All processors of a machine are of one kind, and each has its own clock.
      return lines
          .filter(line -> KIND.contains(line.replaceFirst("\\s*:.*", "")))
          .distinct()
          .sorted()
          .collect(Collectors.joining("\n"));
    }
  }
}
