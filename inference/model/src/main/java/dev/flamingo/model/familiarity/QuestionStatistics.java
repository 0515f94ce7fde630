package dev.flamingo.model.familiarity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model was asked in training: the words, and which word follows which. A question is
 * familiar if all its words are, and most of their pairs.
 */
public final class QuestionStatistics {

  /** The share of unknown pairs at which a question of known words is no longer familiar. */
  private static final double UNKNOWN_PAIRS = .3;

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
  private static final String START = "^";
  private static final String END = "$";

  private final Set<String> words = new TreeSet<>();
  private final Set<String> pairs = new TreeSet<>();

  /** Reads what a model was asked. */
  public static QuestionStatistics of(Collection<String> questions) {
    QuestionStatistics statistics = new QuestionStatistics();
    for (String question : questions) {
      List<String> read = words(question);
      statistics.words.addAll(read);
      statistics.pairs.addAll(pairs(read));
    }
    return statistics;
  }

  /** Takes pairs of words up as they were written. */
  static QuestionStatistics ofPairs(Collection<String> pairs) {
    QuestionStatistics statistics = new QuestionStatistics();
    statistics.pairs.addAll(pairs);
    for (String pair : pairs) {
      statistics.words.addAll(words(pair));
    }
    return statistics;
  }

  /** Returns the pairs of words, each with a space between. */
  Set<String> pairs() {
    return pairs;
  }

  /**
   * Returns the words of a question that training never asked about, in their order.
   *
   * @param shown questions and answers of its examples, whose words are known
   */
  public List<String> unknownWords(String question, Collection<String> shown) {
    Set<String> known = new HashSet<>(words);
    shown.forEach(text -> known.addAll(words(text)));
    return words(question).stream().filter(word -> !known.contains(word)).distinct().toList();
  }

  /**
   * Returns how far a question is from those of the training: above 1 it is not familiar. With
   * examples only its words count: how they are put together is what examples show.
   *
   * @param shown questions and answers of its examples
   */
  public double novelty(String question, Collection<String> shown) {
    List<String> read = words(question);
    if (read.isEmpty()) {
      return 2;
    }
    List<String> asked = pairs(read);
    long unknownPairs = asked.stream().filter(pair -> !pairs.contains(pair)).count();
    double novelty = (double) unknownPairs / asked.size() / UNKNOWN_PAIRS;
    int unknownWords = unknownWords(question, shown).size();
    if (unknownWords > 0) {
      return 1 + unknownWords + novelty;
    }
    return shown.isEmpty() ? novelty : Math.min(1, novelty);
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }

  private static List<String> pairs(List<String> words) {
    List<String> pairs = new ArrayList<>();
    String before = START;
    for (String word : words) {
      pairs.add(before + " " + word);
      before = word;
    }
    pairs.add(before + " " + END);
    return pairs;
  }
}
