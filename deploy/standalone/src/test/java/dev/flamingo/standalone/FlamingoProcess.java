package dev.flamingo.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command of {@code flamingo} as a process of its own, with what it prints in a file. */
final class FlamingoProcess implements AutoCloseable {

  private static final Path BUNDLE =
      Path.of("../../inference/model/bundles/street").toAbsolutePath().normalize();
  private static final Path CACHE = Path.of("target").toAbsolutePath();

  private final Process process;
  private final Path log;

  private FlamingoProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static FlamingoProcess start(Path log, Map<String, String> environment, String... arguments)
      throws IOException {
    return start(log, environment, Main.class, arguments);
  }

  static FlamingoProcess start(
      Path log, Map<String, String> environment, Class<?> main, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                java("java"),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true",
                main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                // In the environment, where it may be long.
                "CLASSPATH", System.getProperty("java.class.path"),
                "FLAMINGO_CACHE", CACHE.toString(),
                "FLAMINGO_BUNDLE", BUNDLE.toString()));
    builder.environment().putAll(environment);
    return new FlamingoProcess(builder.start(), log);
  }

  private static String java(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  /** Returns what it has printed. */
  String printed() throws IOException {
    return Files.readString(log, UTF_8);
  }

  /** Waits for its end and returns its status. */
  int await(long seconds) throws InterruptedException {
    assertThat(process.waitFor(seconds, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** Asks for its end and returns the status. */
  int end() throws InterruptedException {
    process.destroy();
    return await(30);
  }

  /** Returns what others can read of it: its line in the list of processes. */
  String listed() throws IOException {
    return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"), UTF_8);
  }

  /** Returns what the JVM tells of itself: its threads, or its command line as in crash reports. */
  String diagnosed(String topic) throws IOException, InterruptedException {
    Process tool =
        new ProcessBuilder(java("jcmd"), Long.toString(process.pid()), topic)
            .redirectErrorStream(true)
            .start();
    String told = new String(tool.getInputStream().readAllBytes(), UTF_8);
    assertThat(tool.waitFor()).isZero();
    return told;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
