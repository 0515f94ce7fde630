package dev.flamingo.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.model.bundle.Bundle;
import dev.flamingo.model.checkpoint.SafetensorsFile;
import dev.flamingo.model.serving.EngineOptions;
import dev.flamingo.model.serving.FlamingoEngine;
import dev.flamingo.training.street.StreetExport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run of a few steps on tiny corpora of all forms, and what can be done with its folder. */
class RecipeTrainerTest {

  private static final String RECIPE =
      """
      {
        "name": "tiny", "preset": "street", "words": 200,
        "stages": [
          {"name": "contrast", "objective": "contrastive", "trains": ["encoder"], "steps": 2, "rate": 1e-3,
           "corpora": [{"kind": "pairs", "data": "pairs-short", "batch": 4},
                       {"kind": "pairs", "data": "pairs-long", "batch": 4}]},
          {"name": "read", "objective": "blind-text", "trains": ["language"], "steps": 2, "rate": 1e-3,
           "corpora": [{"kind": "pages", "data": "pages", "batch": 2}]},
          {"name": "see", "objective": "text", "trains": ["resampler", "cross-attention"], "steps": 3,
           "rate": 1e-3, "gateRate": 10,
           "corpora": [{"kind": "pages", "data": "pages", "batch": 2},
                       {"kind": "pairs", "data": "pairs-short", "batch": 2, "weight": 0.2, "flip": true},
                       {"kind": "pairs", "data": "pairs-long", "batch": 2, "weight": 0.2, "colour": true},
                       {"kind": "videos", "data": "videos", "batch": 1, "weight": 0.03}]}
        ]
      }
      """;

  private static Path data;
  private static Path whole;

  @BeforeAll
  static void trainOnce(@TempDir Path folder) throws IOException, InterruptedException {
    data = folder.resolve("data");
    new StreetExport(data, 3, 6).write(done -> {});
    Files.writeString(data.resolve("recipe.json"), RECIPE);
    whole = folder.resolve("whole");
    train(whole);
  }

  @Test
  void theBundleOpensAndServes() throws IOException {
    Bundle bundle = Bundle.open(whole.resolve("bundle"));

    assertThat(bundle.id()).startsWith("tiny@");
    try (FlamingoEngine engine =
        FlamingoEngine.open(bundle, EngineOptions.cachedIn(whole.resolveSibling("graphs")))) {
      assertThat(engine.prompts().question("what color is the bus?").tokens())
          .hasSizeGreaterThan(6);
    }
  }

  @Test
  void everyCorpusHasALossAndEveryGateIsSaid() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(whole.resolve("metrics.jsonl"))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    JsonNode see =
        lines.stream().filter(l -> l.get("stage").asText().equals("see")).findFirst().orElseThrow();

    assertThat(see.get("losses").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "pages pages", "pairs pairs-short", "pairs pairs-long", "videos videos");
    assertThat(see.get("gates").size()).isEqualTo(8);
  }

  @Test
  void theLearningCurveIsAPicture() throws IOException {
    assertThat(ImageIO.read(whole.resolve("see.png").toFile()).getWidth()).isGreaterThan(400);
    assertThat(whole.resolve("contrast.png")).isNotEmptyFile();
  }

  @Test
  void whatIsFrozenIsNotStored() throws IOException {
    try (SafetensorsFile stored = SafetensorsFile.open(whole.resolve("see.safetensors"))) {
      assertThat(stored.names())
          .isNotEmpty()
          .allMatch(name -> name.startsWith("perceiver.") || name.startsWith("cross_attention."));
    }
  }

  @Test
  void aRunThatWasKilledEndsInTheSameModel() throws IOException, InterruptedException {
    Path killed = Files.createDirectory(whole.resolveSibling("killed"));
    for (String file : List.of("tokenizer.json", "contrast.safetensors", "metrics.jsonl")) {
      Files.copy(whole.resolve(file), killed.resolve(file));
    }

    assertThat(train(killed).id()).isEqualTo(Bundle.open(whole.resolve("bundle")).id());
  }

  private static Bundle train(Path folder) throws IOException, InterruptedException {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Recipe recipe = new RecipeReader().read(data.resolve("recipe.json"));
    return new RecipeTrainer(recipe, data, nowhere).train(folder);
  }
}
