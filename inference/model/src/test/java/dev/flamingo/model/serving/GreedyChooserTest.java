package dev.flamingo.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.flamingo.model.bundle.SpecialTokens;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.bundle.WordLevelTokenizerJson;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GreedyChooserTest {

  private final GreedyChooser chooser;

  GreedyChooserTest(@TempDir Path directory) throws IOException {
    Path path = directory.resolve("tokenizer.json");
    Files.writeString(
        path, new WordLevelTokenizerJson(SpecialTokens.DEFAULT).write(List.of("a", "b")));
    try (Tokenizer tokenizer = Tokenizer.open(path, SpecialTokens.DEFAULT)) {
      chooser = new GreedyChooser(new SpeakableTokens(tokenizer, 8));
    }
  }

  @Test
  void theMostProbableWordIsChosenFromItsRow() {
    FloatBuffer scores =
        FloatBuffer.wrap(new float[] {0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    TokenChoice choice = chooser.choose(scores, 1);
    assertThat(choice.token()).isEqualTo(7);
    assertThat(choice.ends()).isFalse();
    assertThat(choice.probability()).isCloseTo(Math.E / (Math.E + 7), within(1e-6));
  }

  @Test
  void bothEndTokensEnd() {
    assertThat(chooser.choose(FloatBuffer.wrap(new float[] {0, 0, 1, 0, 0, 0, 0, 0}), 0).ends())
        .isTrue();
    assertThat(chooser.choose(FloatBuffer.wrap(new float[] {0, 0, 0, 1, 0, 0, 0, 0}), 0).ends())
        .isTrue();
  }

  @Test
  void whatIsNoWordIsNeverSaidButCountsInTheProbability() {
    TokenChoice choice =
        chooser.choose(FloatBuffer.wrap(new float[] {90, 90, 0, 0, 90, 90, 1, 2}), 0);
    assertThat(choice.token()).isEqualTo(7);
    assertThat(choice.probability()).isLessThan(1e-30);
  }

  @Test
  void scoresThatAreNoNumbersAreReported() {
    float[] scores = new float[8];
    scores[0] = Float.NaN;
    assertThatIllegalStateException()
        .isThrownBy(() -> chooser.choose(FloatBuffer.wrap(scores), 0))
        .withMessageContaining("weights are damaged");
  }
}
