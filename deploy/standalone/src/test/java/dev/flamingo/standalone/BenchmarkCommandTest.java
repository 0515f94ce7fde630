package dev.flamingo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.standalone.cli.FlamingoCommand;
import dev.flamingo.standalone.cli.Home;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchmarkCommandTest {

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
    assertThat(run("eval", "coco", "--data", "x", "--rices")).isEqualTo(2);
    assertThat(err.toString())
        .contains("shots -1 is not within")
        .contains("limit 0 is not within")
        .contains("0 shots cannot be chosen by likeness");
  }

  @Test
  void aModelIsMeasured(@TempDir Path folder) throws IOException {
    for (String name : new String[] {"red", "green"}) {
      BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(picture, "png", folder.resolve(name + ".png").toFile());
    }
    Files.writeString(
        folder.resolve("test_seen.jsonl"),
        """
        {"id":1,"img":"red.png","label":0,"text":"x"}
        {"id":2,"img":"gone.png","label":1,"text":"y"}
        {"id":3,"img":"green.png","label":1,"text":"z"}
        """);
    Files.writeString(
        folder.resolve("train.jsonl"), "{\"id\":4,\"img\":\"red.png\",\"label\":0,\"text\":\"x\"}");
    String data = folder.toString();
    String bundle = "../../inference/model/bundles/street";
    CommandLine line = FlamingoCommand.create(new Home(folder, folder, Map.of()));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    assertThat(
            line.execute(
                "eval",
                "hatefulmemes",
                "--data",
                data,
                "--bundle",
                bundle,
                "--shots",
                "1",
                "--rices",
                "--ensemble",
                "2",
                "--json"))
        .as(err.toString())
        .isZero();
    JsonNode result = new ObjectMapper().readTree(out.toString());
    assertThat(result.get("metric").asText()).isEqualTo("auc");
    assertThat(result.get("items").asInt()).isEqualTo(2);
    assertThat(result.get("unasked").asInt()).isEqualTo(1);
    assertThat(result.get("why").asText()).contains("gone.png");
    assertThat(result.get("shown").asDouble()).isEqualTo(1);
    assertThat(result.get("weights").asText()).isEqualTo("blocks8");
    assertThat(line.execute("eval", "hatefulmemes", "--data", data, "--bundle", bundle)).isZero();
    assertThat(out.toString()).contains("shown as text alone").contains("the first since");
  }

  @Test
  void helpNamesAll() {
    assertThat(run("eval", "--help")).isZero();
    assertThat(out.toString())
        .contains("score", "vqav2", "okvqa", "vizwiz", "textvqa", "coco", "flickr30k", "vatex")
        .contains("youcook2", "msvdqa", "msrvttqa", "ivqa", "nextqa", "star", "visdial")
        .contains("hatefulmemes", "rareact", "nextqa-mc");
  }
}
