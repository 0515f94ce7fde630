package dev.flamingo.training.glyph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GlyphTest {

  private static final int SIZE = 48;

  @Test
  void everyKindOfMoreThanAThousandLooksLikeNoOther() {
    List<GlyphKind> kinds = GlyphKind.all();
    Set<String> descriptions = new HashSet<>();
    Set<Integer> pictures = new HashSet<>();
    for (GlyphKind kind : kinds) {
      descriptions.add(kind.description());
      pictures.add(java.util.Arrays.hashCode(draw(new Glyph(kind, 7))));
    }

    assertThat(kinds).hasSizeGreaterThan(1_000);
    assertThat(descriptions).hasSameSizeAs(kinds);
    assertThat(pictures).hasSameSizeAs(kinds);
  }

  @Test
  void aGlyphIsDrawnTheSameAgainAndOtherwiseWithAnotherLook() {
    GlyphKind kind = GlyphKind.all().get(5);

    assertThat(draw(new Glyph(kind, 1)))
        .isEqualTo(draw(new Glyph(kind, 1)))
        .isNotEqualTo(draw(new Glyph(kind, 2)));
  }

  @Test
  void trainingAndEvaluationShareNeitherKindNorWord() {
    GlyphSplit training = GlyphSplit.training();
    GlyphSplit test = GlyphSplit.test();

    assertThat(training.kinds()).doesNotContainAnyElementsOf(test.kinds());
    assertThat(training.words()).doesNotContainAnyElementsOf(test.words());
    assertThat(training.kinds().size() + test.kinds().size()).isEqualTo(GlyphKind.all().size());
    List<String> words = new ArrayList<>(training.words());
    words.addAll(test.words());
    assertThat(words).doesNotHaveDuplicates().hasSize(NonsenseWords.COUNT);
    assertThat(words).allSatisfy(word -> assertThat(word).matches("([a-z][aeiou]){2}"));
  }

  @Test
  void theFirstKindComesAsOftenAsItsRankSays() {
    SplittableRandom random = new SplittableRandom(3);
    int draws = 20_000;
    int[] counts = new int[1_000];
    for (int i = 0; i < draws; i++) {
      counts[GlyphSplit.zipf(counts.length, random)]++;
    }

    // The chance of the first is ln 2 / ln 1001, that of the fourth ln (5/4) / ln 1001.
    assertThat(counts[0] / (double) draws).isBetween(.09, .11);
    assertThat(counts[3] / (double) draws).isBetween(.027, .038);
    assertThat(counts[999]).isLessThan(counts[3]);
  }

  private static byte[] draw(Glyph glyph) {
    byte[] rgb = new byte[SIZE * SIZE * 3];
    new GlyphRenderer(SIZE).render(glyph, rgb);
    return rgb;
  }
}
