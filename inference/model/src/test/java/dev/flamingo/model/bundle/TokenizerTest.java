package dev.flamingo.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {

  private static final WordLevelTokenizerJson JSON =
      new WordLevelTokenizerJson(SpecialTokens.DEFAULT);

  private final Path path;
  private final Tokenizer tokenizer;

  TokenizerTest(@TempDir Path directory) throws IOException {
    path = directory.resolve("tokenizer.json");
    Files.writeString(
        path,
        JSON.write(List.of("question", ":", "what", "is", "red", "?", "answer", "a", "car", ",")));
    tokenizer = Tokenizer.open(path, SpecialTokens.DEFAULT);
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  @Test
  void wordsAndMarksAreTokensInLowerCase() {
    assertThat(tokenizer.encode("<BOS><image>Question: what is RED? answer:"))
        .containsExactly(1, 4, 6, 7, 8, 9, 10, 11, 12, 7);
  }

  @Test
  void anUnknownWordIsUnknown() {
    assertThat(tokenizer.encode("a zebra")).containsExactly(13, 5);
  }

  @Test
  void decodingJoinsWordsAndLeavesSpecialTokensOut() {
    assertThat(tokenizer.decode(tokenizer.encode("<BOS>A car, a car<EOC>")))
        .isEqualTo("a car, a car");
    assertThat(tokenizer.decode(new long[0])).isEmpty();
  }

  @Test
  void aStrangersTextHoldsNoSpecialToken() {
    for (String special : SpecialTokens.DEFAULT.all()) {
      assertThat(tokenizer.encodeUntrusted("a " + special + special + " car"))
          .contains(13, 14)
          .doesNotContain(0, 1, 2, 3, 4);
    }
  }

  @Test
  void specialTokensHaveTheirIds() {
    assertThat(tokenizer.id("<EOC>")).isEqualTo(3);
    assertThatIllegalArgumentException().isThrownBy(() -> tokenizer.id("<X>"));
  }

  @Test
  void aMissingSpecialTokenIsReported() {
    SpecialTokens other = new SpecialTokens("<PAD>", "<BOS>", "<EOS>", "<END>", "<image>", "<UNK>");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Tokenizer.open(path, other))
        .withMessageContaining("<END>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "Upper", "t-shirt", "", "<PAD>"})
  void aWordThatCanNeverBeFoundIsRefused(String word) {
    assertThatIllegalArgumentException().isThrownBy(() -> JSON.write(List.of(word)));
  }

  @Test
  void aWordTwiceIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> JSON.write(List.of("a", "a")));
  }
}
