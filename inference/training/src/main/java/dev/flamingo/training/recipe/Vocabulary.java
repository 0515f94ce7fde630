package dev.flamingo.training.recipe;

import dev.flamingo.model.bundle.WordLevelTokenizerJson;
import dev.flamingo.model.serving.Cue;
import dev.flamingo.training.corpus.Corpus;
import dev.flamingo.training.corpus.Example;
import dev.flamingo.training.corpus.Example.Part;
import dev.flamingo.training.corpus.UnreadableException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The most frequent words of corpora: a vocabulary for a model from nothing. */
final class Vocabulary {

  private static final int EXAMPLES = 20_000;

  private final WordLevelTokenizerJson split;
  private final Map<String, Integer> counts = new TreeMap<>();

  Vocabulary(WordLevelTokenizerJson split) {
    this.split = split;
  }

  /** Counts the words of a corpus, of many examples some evenly spread ones. */
  void add(Corpus corpus) throws InterruptedException {
    int examples = Math.min(EXAMPLES, corpus.size());
    for (int i = 0; i < examples; i++) {
      try {
        add(corpus.read((int) ((long) i * corpus.size() / examples)));
      } catch (UnreadableException skipped) {
        // Training meets it again and counts it.
      }
    }
  }

  private void add(Example example) {
    for (Part part : example.parts()) {
      if (part instanceof Example.Text text) {
        split.split(text.text()).forEach(word -> counts.merge(word, 1, Integer::sum));
      }
    }
  }

  /**
   * Returns the words of prompts and so many of the corpora's, the most frequent first, and of
   * equally frequent ones in order.
   */
  List<String> words(int most) {
    Stream<String> prompts = split.split(Cue.CAPTION.text() + Cue.question("?").text());
    Stream<String> frequent =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
            .limit(most)
            .map(Map.Entry::getKey);
    return Stream.concat(prompts, frequent).distinct().toList();
  }
}
