package dev.flamingo.training.street;

import dev.flamingo.ingest.street.ActorKind;
import dev.flamingo.ingest.street.Colour;
import dev.flamingo.ingest.street.Direction;
import dev.flamingo.ingest.street.StreetClipSampler;
import dev.flamingo.training.glyph.GlyphKind;
import dev.flamingo.training.glyph.GlyphSplit;
import dev.flamingo.training.glyph.NonsenseWords;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every word and mark that the street's grammar uses, what glyphs are called, and words that get
 * their meaning in context alone; in alphabetical order.
 */
public final class StreetVocabulary {

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+|\\p{Punct}");
  private static final int CLIPS = 2_000;

  /** Words of questions that are only asked in context. */
  private static final String UNTAUGHT =
      "what is the weather? wet dry. how busy is it? quiet busy.";

  private final StreetGrammar grammar = new StreetGrammar();
  private final StreetCaption caption = new StreetCaption();

  /** Returns the words without the marks: what a thing may be called. */
  List<String> names() {
    return words().stream().filter(word -> Character.isLetter(word.charAt(0))).toList();
  }

  /**
   * Returns what a thing may be called in a sequence with pictures: no word that evaluation keeps
   * to itself, be it a nonsense word or one of the untaught questions.
   */
  List<String> shownNames() {
    Set<String> kept = new TreeSet<>(GlyphSplit.test().words());
    add(UNTAUGHT, kept);
    return names().stream().filter(name -> !kept.contains(name)).toList();
  }

  /** Returns the words. The grammar is finite: a sample of clips shows all of it. */
  public List<String> words() {
    TreeSet<String> words = new TreeSet<>();
    add("question: answer: output:", words);
    add(UNTAUGHT, words);
    words.addAll(NonsenseWords.all());
    GlyphKind.all().forEach(kind -> add(kind.description(), words));
    StreetCaption.QUESTIONS.forEach(question -> add(question, words));
    for (ActorKind kind : ActorKind.values()) {
      add(StreetWords.name(kind) + " " + StreetWords.plural(kind), words);
    }
    for (Colour colour : Colour.NAMED) {
      add(StreetWords.name(colour), words);
    }
    for (Direction direction : Direction.values()) {
      add(StreetWords.way(direction) + " " + StreetWords.moves(direction), words);
    }
    StreetClipSampler sampler = new StreetClipSampler(0, 0.5);
    for (int i = 0; i < CLIPS; i++) {
      var clip = sampler.sample(i);
      add(caption.of(clip), words);
      add(caption.of(clip, 0), words);
      for (StreetQuestion question : grammar.questions(clip)) {
        question.phrasings().forEach(phrasing -> add(phrasing, words));
        add(question.answer(), words);
      }
    }
    return List.copyOf(words);
  }

  private static void add(String text, Set<String> words) {
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group());
    }
  }
}
