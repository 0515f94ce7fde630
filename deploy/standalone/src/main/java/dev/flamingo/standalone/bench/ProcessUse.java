package dev.flamingo.standalone.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this process has used, native threads and memory included. */
final class ProcessUse {

  private static final double NANOS = 1e9;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Returns the seconds of processors since the process began, user and system. */
  double cpuSeconds() {
    return system.getProcessCpuTime() / NANOS;
  }

  /**
   * Returns how many files and sockets this process may have open; no bound where none is known.
   */
  long mostFiles() {
    return system instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  /** Returns the machine's memory. */
  long machineMemoryBytes() {
    return system.getTotalMemorySize();
  }

  /**
   * Returns the resident memory in MiB.
   *
   * @throws IOException if this system does not say it: only Linux does
   */
  double residentMib() throws IOException {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
              .filter(line -> line.startsWith(RESIDENT))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow(() -> new IOException("%s has no %s".formatted(STATUS, RESIDENT)))
          / 1024.0;
    }
  }
}
