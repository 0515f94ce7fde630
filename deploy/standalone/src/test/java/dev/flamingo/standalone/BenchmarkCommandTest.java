package dev.flamingo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.standalone.cli.FlamingoCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchmarkCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = FlamingoCommand.create(Installation.of(Path.of("nowhere"), Map.of()));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  @Test
  void filesThatAreNotThereEndWithOneAndTheirName(@TempDir Path folder) {
    assertThat(run("eval", "VQAv2", "--data", folder.toString())).isEqualTo(1);
    assertThat(err.toString().strip().lines()).hasSize(1);
    assertThat(err.toString()).contains("v2_OpenEnded_mscoco_val2014_questions.json");
  }

  @Test
  void namesMayHaveAHyphen(@TempDir Path folder) {
    assertThat(run("eval", "msvd-qa", "--data", folder.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("test_qa.json");
  }

  @Test
  void fewerThanNoShotsAreWrongUsage() {
    assertThat(run("eval", "coco", "--data", "x", "--shots", "-1")).isEqualTo(2);
    assertThat(run("eval", "coco", "--data", "x", "--limit", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--shots -1").contains("--limit 0");
  }

  @Test
  void helpNamesAllSixteen() {
    assertThat(run("eval", "--help")).isZero();
    assertThat(out.toString())
        .contains("score", "vqav2", "okvqa", "vizwiz", "textvqa", "coco", "flickr30k", "vatex")
        .contains("youcook2", "msvdqa", "msrvttqa", "ivqa", "nextqa", "star", "visdial")
        .contains("hatefulmemes", "rareact");
  }
}
