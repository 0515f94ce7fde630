package dev.flamingo.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.model.bundle.SpecialTokens;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.bundle.WordLevelTokenizerJson;
import dev.flamingo.training.corpus.Example;
import dev.flamingo.training.corpus.Example.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleTokensTest {

  private static final Example.Media ONE = new Example.Media(List.of(new byte[] {1}));
  private static final Example.Media TWO =
      new Example.Media(List.of(new byte[] {2}, new byte[] {3}));

  private final Tokenizer tokenizer;

  ExampleTokensTest(@TempDir Path folder) throws IOException {
    String json = new WordLevelTokenizerJson(SpecialTokens.DEFAULT).write(List.of("a", "b", "c"));
    tokenizer =
        Tokenizer.open(
            Files.writeString(folder.resolve("tokenizer.json"), json), SpecialTokens.DEFAULT);
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  @Test
  void chunksEndBeforeTheNextMediumAndAtTheEnd() {
    ExampleTokens.Tokenized tokenized = tokenize(corpus(64, 5, 0, true), page());

    assertThat(tokenized.text().tokens())
        .containsExactly(
            ids("<BOS>", "a", "<EOC>", "<image>", "b", "<EOC>", "<image>", "c", "<EOC>", "<EOS>"));
    assertThat(tokenized.media()).containsExactly(ONE, TWO);
  }

  @Test
  void textSeesTheMediumBeforeIt() {
    assertThat(tokenize(corpus(64, 5, 0, true), page()).text().medium())
        .containsExactly(-1, -1, -1, 0, 0, 0, 1, 1, 1, 1);
  }

  @Test
  void aPageMaySeeTheMediumBehindItsText() {
    assertThat(tokenize(corpus(64, 5, 1, true), page()).text().medium())
        .containsExactly(0, 0, 0, 0, 1, 1, 1, -1, -1, -1);
  }

  @Test
  void placesOfMediaAreGivenAndTextCounts() {
    assertThat(tokenize(corpus(64, 5, 0, true), page()).text().weights())
        .containsExactly(0, 1, 1, 0, 1, 1, 0, 1, 1, 1);
  }

  @Test
  void textThatSeesNothingNeedNotCount() {
    assertThat(tokenize(corpus(64, 5, 0, false), page()).text().weights())
        .containsExactly(0, 0, 0, 0, 1, 1, 0, 1, 1, 1);
  }

  @Test
  void twoMediaWithoutTextBetweenThemHaveNoChunkBetweenThem() {
    Example pair = new Example(List.of(ONE, TWO, new Example.Text("a")));

    assertThat(tokenize(corpus(64, 5, 0, true), pair).text().tokens())
        .containsExactly(ids("<BOS>", "<image>", "<image>", "a", "<EOC>", "<EOS>"));
  }

  @Test
  void aWindowOfALongPageHoldsItsBoundsAndAtLeastOneMedium() {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      parts.add(new Example.Text("a b ".repeat(1 + i % 4)));
      parts.add(new Example.Media(List.of(new byte[] {(byte) i})));
    }
    Example page = new Example(parts);
    ExampleTokens tokens = new ExampleTokens(tokenizer, corpus(20, 3, 0, true));

    for (int seed = 0; seed < 500; seed++) {
      ExampleTokens.Tokenized tokenized = tokens.of(page, new SplittableRandom(seed));
      long places =
          Arrays.stream(tokenized.text().tokens()).filter(id -> id == ids("<image>")[0]).count();
      assertThat(tokenized.text().tokens()).hasSizeLessThanOrEqualTo(20).startsWith(ids("<BOS>"));
      assertThat(tokenized.media()).hasSize((int) places).hasSizeBetween(1, 3);
      assertThat(Arrays.stream(tokenized.text().medium()).max())
          .hasValue(tokenized.media().size() - 1);
    }
  }

  @Test
  void aSpecialTokenInAStrangersTextIsText() {
    Example pair = new Example(List.of(ONE, new Example.Text("a <image> b")));

    assertThat(tokenize(corpus(64, 5, 0, true), pair).text().tokens())
        .containsOnlyOnce(ids("<image>"));
  }

  private ExampleTokens.Tokenized tokenize(CorpusRecipe corpus, Example example) {
    return new ExampleTokens(tokenizer, corpus).of(example, new SplittableRandom(1));
  }

  private static Example page() {
    return new Example(
        List.of(new Example.Text("a"), ONE, new Example.Text("b"), TWO, new Example.Text("c")));
  }

  private long[] ids(String... tokens) {
    return Arrays.stream(tokens)
        .mapToLong(
            token -> token.startsWith("<") ? tokenizer.id(token) : tokenizer.encode(token)[0])
        .toArray();
  }

  private static CorpusRecipe corpus(
      int maxTokens, int maxMedia, double nextMedium, boolean beforeMedia) {
    return new CorpusRecipe(
        CorpusRecipe.Kind.PAGES,
        "pages",
        1,
        1,
        maxTokens,
        maxMedia,
        nextMedium,
        0,
        beforeMedia,
        false,
        false,
        List.of(),
        List.of());
  }
}
