package dev.flamingo.standalone.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flamingo.standalone.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code flamingo job} with the model that ships, as the launcher runs it. */
final class JobProcess implements AutoCloseable {

  private static final Path BUNDLE =
      Path.of("../../inference/model/bundles/street").toAbsolutePath().normalize();
  private static final Path CACHE = Path.of("target").toAbsolutePath();

  private final Process process;
  private final Path log;

  private JobProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static JobProcess start(String bootstrap, Path data) throws IOException {
    Path log = Files.createDirectories(data).resolve("log");
    ProcessBuilder builder =
        Supervised.command(
            3,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true",
            Main.class.getName(),
            "job",
            "--kafka",
            bootstrap,
            "--bundle",
            BUNDLE.toString(),
            "--data",
            data.toString());
    builder
        .environment()
        .putAll(
            Map.of(
                // In the environment, where it may be long.
                "CLASSPATH", System.getProperty("java.class.path"),
                "FLAMINGO_CACHE", CACHE.toString()));
    return new JobProcess(
        builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
  }

  /** Returns the process of the job itself. */
  long pid() {
    List<ProcessHandle> running =
        process
            .descendants()
            .filter(child -> child.info().command().orElse("").endsWith("java"))
            .toList();
    assertThat(running).hasSize(1);
    return running.get(0).pid();
  }

  /** Ends the job as a failed assertion in native code does. */
  void abort() throws IOException, InterruptedException {
    long pid = pid();
    int status = new ProcessBuilder("kill", "-ABRT", Long.toString(pid)).start().waitFor();
    assertThat(status).isZero();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  /** Returns what the job and the script said. */
  String said() throws IOException {
    return Files.readString(log, UTF_8);
  }

  /** Asks for the end and returns the status. */
  int end() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.descendants()).isEmpty();
    return process.exitValue();
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
