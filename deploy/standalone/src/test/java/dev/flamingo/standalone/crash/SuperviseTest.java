package dev.flamingo.standalone.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that starts services again, over commands that die in every way. */
class SuperviseTest {

  private static final String COUNTED = "echo run >>runs; ";

  @TempDir
  @SuppressWarnings("NullAway.Init") // set by JUnit
  private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 143})
  void whatEndsByItselfIsNotStartedAgain(int status) throws Exception {
    assertThat(end(2, COUNTED + "exit " + status)).isEqualTo(status);
    assertThat(runs()).isEqualTo(1);
    assertThat(said()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ABRT", "SEGV", "KILL"})
  void whatDiesOfACrashIsStartedAgain(String signal) throws Exception {
    String once = COUNTED + "[ $(wc -l <runs) = 2 ] && exit 0; kill -%s $$".formatted(signal);
    assertThat(end(2, once)).isZero();
    assertThat(runs()).isEqualTo(2);
    assertThat(said()).containsPattern("died of signal \\d+: starts again in 1 s");
  }

  @Test
  void whatFailsAfterACrashMayMissWhatDiedWithItAndIsStartedAgain() throws Exception {
    String later =
        COUNTED + "case $(wc -l <runs) in 1) kill -ABRT $$ ;; 2) exit 3 ;; *) exit 0 ;; esac";
    assertThat(end(3, later)).isZero();
    assertThat(runs()).isEqualTo(3);
    assertThat(said()).contains("ended with status 3: starts again in 2 s");
  }

  @Test
  void whatDiesAgainAndAgainIsGivenUp() throws Exception {
    assertThat(end(2, COUNTED + "kill -ABRT $$")).isEqualTo(134);
    assertThat(runs()).isEqualTo(3);
    assertThat(said())
        .contains(
            "starts again in 1 s",
            "starts again in 2 s",
            "died of signal 6, and was started again 2 times in 600 s: see the log for why");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void theEndIsAskedOfTheCommandAndAwaited(String signal) throws Exception {
    Process process =
        start(
            2,
            "trap 'sleep 0.5; echo bye >>runs; exit 143' TERM; echo run >>runs; sleep 60 & wait");
    await().until(() -> Files.exists(folder.resolve("runs")));
    send(signal, process);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(signal.equals("INT") ? 130 : 143);
    assertThat(folder.resolve("runs")).hasContent("run\nbye");
  }

  @Test
  void theEndIsHeardBetweenTwoRuns() throws Exception {
    Process process = start(9, COUNTED + "kill -ABRT $$");
    await().until(() -> said().contains("starts again in 2 s"));
    send("TERM", process);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(runs()).isEqualTo(2);
  }

  private int end(int times, String command) throws IOException, InterruptedException {
    Process process = start(times, command);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private Process start(int times, String command) throws IOException {
    return Supervised.command(times, "bash", "-c", command)
        .directory(folder.toFile())
        .redirectError(folder.resolve("said").toFile())
        .start();
  }

  private static void send(String signal, Process process) throws IOException {
    var unused =
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start();
  }

  private long runs() throws IOException {
    return Files.readAllLines(folder.resolve("runs")).size();
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("said"), UTF_8);
  }
}
