package dev.flamingo.standalone.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** {@link ServedBundle} as a child process, looked at from outside. Used from one thread. */
final class ServedProcess implements AutoCloseable {

  private static final long LOOK_EVERY_MILLIS = 20;
  private static final long STOP_SECONDS = 20;
  private static final double NANOS = 1e9;
  private static final double KIB_PER_MIB = 1024;

  private final Process process;
  private final BufferedReader out;
  private final Path cache;
  private final Path log;
  private final LongSupplier nanoTime;
  private final long started;
  private long mostCacheBytes;

  private ServedProcess(Process process, Path cache, Path log, LongSupplier nanoTime) {
    this.process = process;
    this.cache = cache;
    this.log = log;
    this.nanoTime = nanoTime;
    started = nanoTime.getAsLong();
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts it.
   *
   * @param heapMib its heap
   * @param log receives what it complains of
   * @param arguments see {@link ServedBundle#main}; the second is the cache
   * @throws IOException if there is no process to be had
   */
  static ServedProcess start(int heapMib, Path log, LongSupplier nanoTime, List<String> arguments)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heapMib + "m",
            "-XX:+UseSerialGC",
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true",
            ServedBundle.class.getName());
    builder.command().addAll(arguments);
    // In the environment, where it may be long.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.redirectError(log.toFile()).start();
    return new ServedProcess(process, Path.of(arguments.get(1)), log, nanoTime);
  }

  /**
   * Waits until it says a word.
   *
   * @return seconds since it was started
   * @throws IOException if it ends before
   */
  double await(String word) throws IOException, InterruptedException {
    while (true) {
      while (!out.ready()) {
        if (!process.isAlive()) {
          throw new IOException(
              "the process that serves the model ended with %d: %s"
                  .formatted(process.exitValue(), Files.readString(log).strip()));
        }
        mostCacheBytes = Math.max(mostCacheBytes, bytes(cache));
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
      if (word.equals(out.readLine())) {
        return (nanoTime.getAsLong() - started) / NANOS;
      }
    }
  }

  /** Returns the most bytes that the cache was seen to have. */
  long mostCacheBytes() {
    return mostCacheBytes;
  }

  /**
   * Returns a figure of its memory in MiB.
   *
   * @param field such as {@code VmHWM}, the most that was resident
   * @throws IOException if this system does not say it: only Linux does
   */
  double memoryMib(String field) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
              .filter(line -> line.startsWith(field + ":"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow(() -> new IOException("%s has no %s".formatted(status, field)))
          / KIB_PER_MIB;
    }
  }

  /** Returns the bytes of all files in a folder; 0 where there is none. */
  static long bytes(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (UncheckedIOException e) {
      // Files that are written come and go: the next look counts them.
      return 0;
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    try {
      process.getOutputStream().close();
      var unused = process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } finally {
      process.destroyForcibly();
      out.close();
    }
  }
}
