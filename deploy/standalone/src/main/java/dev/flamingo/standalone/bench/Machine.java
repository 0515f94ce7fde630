package dev.flamingo.standalone.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where was measured.
 *
 * @param cpu the processor's model
 * @param cores processors that this process may use
 * @param memoryMib the machine's memory in MiB
 * @param heapMib the most that this process's heap may grow to, in MiB
 * @param jvm name and version
 * @param os name and version
 */
public record Machine(String cpu, int cores, long memoryMib, long heapMib, String jvm, String os) {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final String MODEL = "model name";
  private static final int MIB = 1 << 20;

  /** Returns this machine and this process. */
  public static Machine here() {
    Runtime runtime = Runtime.getRuntime();
    return new Machine(
        cpuModel(),
        runtime.availableProcessors(),
        new ProcessUse().machineMemoryBytes() / MIB,
        runtime.maxMemory() / MIB,
        System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"));
  }

  // Only Linux has it in a file; elsewhere the kind of processor has to do.
  private static String cpuModel() {
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith(MODEL))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
