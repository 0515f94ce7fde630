package dev.flamingo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.standalone.cli.FlamingoCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandLineTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    Installation nowhere = Installation.of(Path.of("nowhere"), Map.of());
    CommandLine line = FlamingoCommand.create(nowhere);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  @Test
  void wrongUsageEndsWithTwoAndASentence() {
    assertThat(run("ask")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("missing required parameters")
        .contains("see flamingo ask");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aPortThatIsNoneIsWrongUsage() {
    assertThat(run("demo", "--port", "99999")).isEqualTo(2);
    assertThat(err.toString()).contains("'99999' is no port: give 0 to 65535");
  }

  @Test
  void failureEndsWithOneAndASentence() {
    assertThat(run("ask", "video.mp4", "what is red?")).isEqualTo(1);
    assertThat(err.toString().strip().lines()).hasSize(1);
    assertThat(err.toString()).contains("bundle.json");
  }

  @Test
  void helpNamesEveryCommandThatWorks() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains(
            "demo", "ask", "caption", "job", "gateway", "train", "eval", "export", "ingest",
            "bench");
  }

  @Test
  void subcommandsExplainThemselvesToo() {
    assertThat(run("train", "street", "--help")).isZero();
    assertThat(run("eval", "vqav2", "--help")).isZero();
    assertThat(out.toString()).contains("--export", "--shots");
  }

  @Test
  void trainingWithoutARecipeIsWrongUsage() {
    assertThat(run("train", "--out", "run")).isEqualTo(2);
    assertThat(err.toString()).startsWith("missing what to train");
  }

  @Test
  void aRecipeThatIsNotThereIsSaid() {
    assertThat(run("train", "nothing.json", "--out", "run")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("there is no recipe nothing.json: name a file");
  }

  @Test
  void anAblationRowThatIsUnknownIsWrongUsage() {
    assertThat(run("train", "ablation", "--out", "run", "--rows", "mlp,lmp")).isEqualTo(2);
    assertThat(err.toString()).contains("[mlp, lmp]", "round-robin");
  }
}
