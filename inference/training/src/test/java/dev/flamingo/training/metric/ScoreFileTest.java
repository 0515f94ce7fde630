package dev.flamingo.training.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreFileTest {

  private static final String GOOD = "{\"id\":1,\"prediction\":\"red\",\"references\":[\"red\"]}";

  private final Path folder;

  ScoreFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Score score(ScoreMetric metric, String... lines) throws IOException {
    Path file = Files.writeString(folder.resolve("p.jsonl"), String.join("\n", lines));
    return new ScoreFile(file, new PtbTokenizer()).score(metric);
  }

  @Test
  void blankLinesDoNotCount() throws IOException {
    assertThat(score(ScoreMetric.EXACT, GOOD, "", GOOD.replace("[\"red", "[\"blue"), ""))
        .isEqualTo(new Score("exact", 50, 2, 1));
  }

  @Test
  void aByteOrderMarkIsNoText() throws IOException {
    assertThat(score(ScoreMetric.EXACT, "\ufeff" + GOOD).score()).isEqualTo(100);
  }

  @Test
  void referencesThatAreEqualInAllFieldsAreOne() throws IOException {
    String answers =
        "{'id':'q','prediction':'red','references':[{'answer':'red','answer_confidence':'yes'},"
            + "{'answer':'red','answer_confidence':'yes'},{'answer':'red','answer_confidence':'no'}]}";
    assertThat(score(ScoreMetric.VQA, answers.replace('\'', '"')).score())
        // 1/3, 1/3 and 2/3.
        .isEqualTo(44.44);
  }

  @Test
  void numbersAreScoresForRankings() throws IOException {
    assertThat(
            score(
                    ScoreMetric.AUC,
                    "{\"id\":1,\"prediction\":0.9,\"references\":[1]}",
                    "{\"id\":2,\"prediction\":\"0.2\",\"references\":[\"0\"]}")
                .score())
        .isEqualTo(100);
    assertThat(
            score(ScoreMetric.NDCG, "{\"id\":1,\"prediction\":[0.9,0.1],\"references\":[1,0.5]}")
                .score())
        .isEqualTo(100);
    assertThat(
            score(
                    ScoreMetric.MWAP,
                    "{\"id\":1,\"prediction\":1,\"references\":[1],\"action\":\"a\",\"video\":\"v\"}")
                .score())
        .isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":1,|line 2 is not JSON",
        "[1]|line 2 is no JSON object",
        "{\"id\":1,\"references\":[\"a\"]}|line 2 has no prediction",
        "{\"id\":1,\"prediction\":\"a\"}|line 2 has no references",
        "{\"id\":1,\"prediction\":\"a\",\"references\":[]}|line 2 has the references []",
        "{\"id\":1,\"prediction\":\"a\",\"references\":[3]}|line 2 has the reference 3",
        "{\"id\":1,\"prediction\":4,\"references\":[\"a\"]}|line 2 has the prediction 4",
        "{\"prediction\":\"a\",\"references\":[\"a\"]}|line 2 has no id",
        "{\"id\":1,\"prediction\":\"a\",\"references\":[\"a\"]} x|line 2 is not JSON",
      })
  void aBadLineIsNamed(String line, String sentence) {
    assertThatThrownBy(() -> score(ScoreMetric.EXACT, GOOD, line))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(sentence);
  }

  @Test
  void aFileThatIsNotTextIsSaidToBe() throws IOException {
    Path file = Files.write(folder.resolve("b.jsonl"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(() -> new ScoreFile(file, new PtbTokenizer()).score(ScoreMetric.EXACT))
        .hasMessageContaining("is not UTF-8");
  }

  @Test
  void nothingToScoreIsAnError() {
    assertThatThrownBy(() -> score(ScoreMetric.EXACT, ""))
        .hasMessageEndingWith("has no predictions: write one a line");
  }
}
