package dev.flamingo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.standalone.cli.FlamingoCommand;
import dev.flamingo.standalone.cli.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ScoreCommandTest {

  private static final String LINES =
      """
      {"id":"a","prediction":"The bus.","references":["bus"]}
      {"id":"b","prediction":"car","references":["bus"]}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line =
        FlamingoCommand.create(new Home(Path.of("nowhere"), Path.of("target"), Map.of()));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  @Test
  void aFileOfPredictionsHasAScore(@TempDir Path folder) throws IOException {
    String file = Files.writeString(folder.resolve("p.jsonl"), LINES).toString();
    assertThat(run("eval", "score", "--metric", "exact", "--input", file, "--json")).isZero();
    JsonNode score = new ObjectMapper().readTree(out.toString());
    assertThat(score.get("score").asDouble()).isEqualTo(50);
    assertThat(score.get("predictions").asInt()).isEqualTo(2);
  }

  @Test
  void peopleReadNameAndFigure(@TempDir Path folder) throws IOException {
    String file = Files.writeString(folder.resolve("p.jsonl"), LINES).toString();
    assertThat(run("eval", "score", "--metric", "exact", "--input", file)).isZero();
    assertThat(out.toString()).containsPattern("exact +50\\.00\\s").contains("predictions");
  }

  @Test
  void aBadLineEndsWithOneAndItsNumber(@TempDir Path folder) throws IOException {
    String file = Files.writeString(folder.resolve("p.jsonl"), LINES + "{\"id\":").toString();
    assertThat(run("eval", "score", "--metric", "vqa", "--input", file)).isEqualTo(1);
    assertThat(err.toString().strip()).isEqualTo("line 3 is not JSON: write one object a line");
  }

  @Test
  void aMetricThatIsNoneIsWrongUsage() {
    assertThat(run("eval", "score", "--metric", "blue", "--input", "x")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no metric 'blue': take one of cider, cider-d");
  }

  @Test
  void evaluatingNothingIsWrongUsage() {
    assertThat(run("eval")).isEqualTo(2);
    assertThat(run("eval", "moon")).isEqualTo(2);
    assertThat(run("eval", "moon", "--data", "x")).isEqualTo(2);
    assertThat(err.toString())
        .contains("missing what")
        .contains("unknown benchmark 'moon'")
        .doesNotContain("unknown options");
  }
}
