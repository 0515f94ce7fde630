package dev.flamingo.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.flamingo.training.optimize.Mixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeReaderTest {

  private static final String PLAIN =
      """
      {
        "name": "mine", // comments are fine
        "preset": "street",
        "stages": [
          {"name": "see", "objective": "text", "trains": ["resampler", "cross-attention"], "steps": 100,
           "corpora": [{"kind": "pages", "data": "pages", "batch": 8},
                       {"kind": "videos", "data": "videos", "batch": 2, "weight": 0.03}]}
        ]
      }
      """;

  private final Path folder;

  RecipeReaderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void whatIsLeftOutTakesThePapersValues() throws IOException {
    Recipe recipe = read(PLAIN);
    StageRecipe stage = recipe.stages().get(0);
    CorpusRecipe pages = stage.corpora().get(0);
    CorpusRecipe videos = stage.corpora().get(1);

    assertThat(recipe.seed()).isEqualTo(1);
    assertThat(stage.mixture()).isEqualTo(Mixture.ACCUMULATE);
    assertThat(stage.rate()).isEqualTo(1e-4);
    assertThat(stage.warmUp()).isEqualTo(10);
    assertThat(stage.decay()).isEqualTo(0.1);
    assertThat(pages.nextMedium()).isEqualTo(0.5);
    assertThat(pages.maxTokens()).isEqualTo(256);
    assertThat(pages.maxMedia()).isEqualTo(5);
    assertThat(videos.nextMedium()).isZero();
    assertThat(videos.spaced()).isEqualTo(0.5);
    assertThat(videos.weight()).isEqualTo(0.03);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "steps": 100  | "steps": 0            | stage see has 0 steps
          "steps": 100  | "steps": 100, "pace": 3 | Unrecognized field "pace"
          "steps": 100, | /* none */            | Missing creator property 'steps'
          "objective": "text" | "objective": "contrastive" | reaches [ENCODER] only
          "data": "videos", "batch": 2 | "data": "videos", "batch": 0 | has batch 0
          "preset": "street" | "from": "x", "preset": "street" | give either from
          "preset": "street" | "seed": 3 | give either from
          "name": "mine", | "name": "mine" | was expecting comma
          """)
  void whatCannotBeTrainedIsSaidInOneSentence(String part, String wrong, String sentence) {
    assertThatIOException()
        .isThrownBy(() -> read(PLAIN.replace(part.strip(), wrong.strip())))
        .withMessageStartingWith("recipe " + folder.resolve("recipe.json"))
        .withMessageContaining(sentence.strip())
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }

  @Test
  void theExampleCanBeRead() throws IOException {
    assertThat(read(RecipeReader.example()).stages())
        .extracting(StageRecipe::name)
        .containsExactly("contrast", "read", "see");
  }

  private Recipe read(String text) throws IOException {
    return new RecipeReader().read(Files.writeString(folder.resolve("recipe.json"), text));
  }
}
