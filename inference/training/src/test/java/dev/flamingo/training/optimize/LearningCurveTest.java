package dev.flamingo.training.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningCurveTest {

  private final Path folder;

  LearningCurveTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aStagesLossesAndGatesBecomeAPicture() throws IOException {
    Path metrics =
        Files.writeString(
            folder.resolve("metrics.jsonl"),
            """
            {"stage":"see","step":0,"seconds":1,"loss":3,"losses":{"pages":3},"gates":{"a_gate":0}}
            {"stage":"see","step":20,"seconds":1,"loss":2,"losses":{"pages":2},"gates":{"a_gate":0.5}}
            """);
    Path png = folder.resolve("see.png");

    assertThat(new LearningCurve().draw(metrics, "see", png)).isTrue();
    assertThat(ImageIO.read(png.toFile()).getWidth()).isGreaterThan(400);
  }

  @Test
  void aStageWithoutLossesHasNoPicture() throws IOException {
    Path metrics =
        Files.writeString(
            folder.resolve("metrics.jsonl"), "{\"stage\":\"features\",\"step\":0,\"loss\":0}\n");

    assertThat(new LearningCurve().draw(metrics, "features", folder.resolve("x.png"))).isFalse();
    assertThat(new LearningCurve().draw(folder.resolve("none"), "see", folder.resolve("x.png")))
        .isFalse();
  }
}
