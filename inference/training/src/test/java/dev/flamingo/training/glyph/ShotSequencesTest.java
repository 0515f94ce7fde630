package dev.flamingo.training.glyph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.model.bundle.SpecialTokens;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.bundle.WordLevelTokenizerJson;
import dev.flamingo.training.objective.TextBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShotSequencesTest {

  private static final int ROWS = 200;
  private static final int LENGTH = 9;
  private static final int CONTEXT = 256;
  private static final List<int[]> POOL =
      List.of(new int[] {0, 1}, new int[] {2, 3}, new int[] {4}, new int[] {5, 6}, new int[] {7});

  private static Tokenizer tokenizer;
  private static ShotSequences shots;
  private final SplittableRandom random = new SplittableRandom(1);

  @BeforeAll
  static void open(@TempDir Path folder) throws IOException {
    List<String> words = new ArrayList<>(NonsenseWords.all());
    words.addAll(List.of("output", ":", "question", "answer", "what", "is", "the", "?"));
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, new WordLevelTokenizerJson(SpecialTokens.DEFAULT).write(words));
    tokenizer = Tokenizer.open(file, SpecialTokens.DEFAULT);
    shots = new ShotSequences(tokenizer, CONTEXT, NonsenseWords.all());
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void aClassHasOneWordInASequenceAndAnotherInTheNext() {
    Set<String> meanings = new HashSet<>();
    for (int i = 0; i < ROWS; i++) {
      Map<Integer, String> names = new HashMap<>();
      for (Shot shot : read(shots.draw(POOL, LENGTH, random))) {
        assertThat(names.computeIfAbsent(shot.family(), key -> shot.word())).isEqualTo(shot.word());
      }
      assertThat(names.size()).isBetween(2, 4);
      assertThat(new HashSet<>(names.values())).hasSameSizeAs(names.values());
      meanings.add(names.toString());
    }
    assertThat(meanings).hasSizeGreaterThan(ROWS * 9 / 10);
  }

  @Test
  void onlyWordsThatWereBoundBeforeCount() {
    for (int i = 0; i < ROWS; i++) {
      Set<Integer> bound = new HashSet<>();
      for (Shot shot : read(shots.draw(POOL, LENGTH, random))) {
        assertThat(shot.counts()).isEqualTo(!bound.add(shot.family()));
      }
    }
  }

  @Test
  void theLastTwoTokensOfACueKnowTheClass() {
    ShotSequences.Row row = shots.draw(POOL, LENGTH, random);
    long[] tokens = row.text().tokens();
    int told = 0;
    for (int i = 0; i < tokens.length; i++) {
      if (row.classes()[i] >= 0) {
        told++;
        assertThat(tokenizer.decode(new long[] {tokens[i]})).isIn("output", "answer", ":");
      }
    }
    assertThat(told).isEqualTo(2 * LENGTH);
  }

  @Test
  void theLongestSequenceFitsTheContext() {
    for (int i = 0; i < ROWS; i++) {
      assertThat(shots.draw(POOL, 33, random).text().tokens()).hasSizeLessThanOrEqualTo(CONTEXT);
    }
  }

  @Test
  void aRepetitionCountsWhenItComesAgain() {
    TextBatch.Sequence sequence = shots.repeated(5, random);

    assertThat(sequence.tokens()).hasSize(11);
    assertThat(java.util.Arrays.copyOfRange(sequence.tokens(), 1, 6))
        .isEqualTo(java.util.Arrays.copyOfRange(sequence.tokens(), 6, 11));
    assertThat(sequence.weights()).containsExactly(0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1);
  }

  private record Shot(int family, String word, boolean counts) {}

  private static List<Shot> read(ShotSequences.Row row) {
    TextBatch.Sequence text = row.text();
    long image = tokenizer.id(SpecialTokens.DEFAULT.image());
    long end = tokenizer.id(SpecialTokens.DEFAULT.endOfChunk());
    List<Shot> read = new ArrayList<>();
    for (int i = 1; i < text.tokens().length; i++) {
      if (text.tokens()[i] == image) {
        assertThat(text.medium()[i]).isEqualTo(read.size());
      }
      if (text.tokens()[i] == end) {
        int medium = row.media()[read.size()];
        int family =
            IntStream.range(0, POOL.size())
                .filter(n -> IntStream.of(POOL.get(n)).anyMatch(m -> m == medium))
                .findFirst()
                .orElseThrow();
        assertThat(text.weights()[i]).isEqualTo(text.weights()[i - 1]);
        read.add(
            new Shot(
                family,
                tokenizer.decode(new long[] {text.tokens()[i - 1]}),
                text.weights()[i] == 1));
      }
    }
    assertThat(read).hasSize(LENGTH);
    return read;
  }
}
