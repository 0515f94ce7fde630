package dev.flamingo.training.street;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.ingest.street.StreetClipSampler;
import dev.flamingo.model.bundle.SpecialTokens;
import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.bundle.WordLevelTokenizerJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreetVocabularyTest {

  private static final int CLIPS = 2_000;

  private final Path folder;

  StreetVocabularyTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void everyWordOfOtherClipsIsInItAndAnswersComeBackAsTheyWere() throws IOException {
    Set<String> asked = new TreeSet<>(StreetCaption.QUESTIONS);
    Set<String> told = new TreeSet<>();
    StreetGrammar grammar = new StreetGrammar();
    StreetCaption caption = new StreetCaption();
    StreetClipSampler sampler = new StreetClipSampler(77, 0.3);
    for (int i = 0; i < CLIPS; i++) {
      StreetClip clip = sampler.sample(i);
      told.add(caption.of(clip));
      told.add(caption.of(clip, i % StreetClip.FRAMES));
      for (StreetQuestion question : grammar.questions(clip)) {
        asked.addAll(question.phrasings());
        told.add(question.answer());
      }
    }

    List<String> words = new StreetVocabulary().words();
    String json = new WordLevelTokenizerJson(SpecialTokens.DEFAULT).write(words);
    Path file = Files.writeString(folder.resolve("tokenizer.json"), json);
    try (Tokenizer tokenizer = Tokenizer.open(file, SpecialTokens.DEFAULT)) {
      long unknown = tokenizer.id(SpecialTokens.DEFAULT.unknown());
      for (String text : asked) {
        assertThat(tokenizer.encode(text)).as(text).isNotEmpty().doesNotContain(unknown);
      }
      for (String text : told) {
        long[] ids = tokenizer.encode(text);
        assertThat(ids).as(text).doesNotContain(unknown);
        assertThat(tokenizer.decode(ids)).isEqualTo(text);
      }
    }
    assertThat(told).hasSizeGreaterThan(1_000);
  }

  @Test
  void itIsTheSameEveryTimeAndInOrder() {
    List<String> words = new StreetVocabulary().words();

    assertThat(words).isSorted().doesNotHaveDuplicates();
    assertThat(new StreetVocabulary().words()).isEqualTo(words);
  }
}
