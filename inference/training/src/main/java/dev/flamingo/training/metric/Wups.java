package dev.flamingo.training.metric;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * WUPS: every word's likeness to the likest word of the other answer, multiplied, and the less of
 * both directions. Words are compared by their first sense in WordNet; words without any likeness
 * are passed over, as NExT-QA does.
 *
 * <p>Answers are taken apart into runs of letters and of digits, brought to base forms by WordNet's
 * own rules, and lose words of grammar. NExT-QA's own program asks a tagger for parts of speech and
 * has a list of its own: figures may differ a little from those.
 */
public final class Wups implements TextMetric {

  private static final double BELOW_THRESHOLD = 0.1;
  private static final Set<String> GRAMMAR =
      Set.of(
          "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "with", "from", "and", "or",
          "is", "are", "was", "were", "be", "been", "being", "am", "it", "its", "he", "she", "his",
          "her", "him", "they", "them", "their", "this", "that", "these", "those", "as", "into",
          "s", "t");

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

  private final Map<List<String>, Double> known = new HashMap<>();
  private final WordNet net;
  private final WuPalmer likeness;
  private final double threshold;

  private Wups(WordNet net, double threshold) {
    this.net = net;
    this.likeness = new WuPalmer(net);
    this.threshold = threshold;
  }

  /**
   * Makes a measure; it reads WordNet, which takes about a second.
   *
   * @param threshold words less alike than this count a tenth; 0 for none
   * @throws IOException if WordNet is not there
   */
  public static Wups withThreshold(double threshold) throws IOException {
    return new Wups(WordNet.load(), threshold);
  }

  @Override
  public double[] scores(List<Prediction> predictions) {
    return predictions.stream().mapToDouble(this::score).toArray();
  }

  private double score(Prediction prediction) {
    List<String> words = words(prediction.text());
    return prediction.references().stream()
        .map(reference -> words(reference.text()))
        .mapToDouble(
            reference -> Math.min(direction(words, reference), direction(reference, words)))
        .max()
        .orElse(0);
  }

  private List<String> words(String answer) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(answer.toLowerCase(Locale.ROOT));
    while (word.find()) {
      if (!GRAMMAR.contains(word.group())) {
        words.add(base(word.group()));
      }
    }
    return words;
  }

  private String base(String word) {
    List<String> verbs = net.baseForms(word, WordNet.Speech.VERB);
    List<String> nouns = net.baseForms(word, WordNet.Speech.NOUN);
    boolean inflectedVerb = word.endsWith("ing") || word.endsWith("ed") || nouns.isEmpty();
    List<String> forms = inflectedVerb && !verbs.isEmpty() ? verbs : nouns;
    // The form itself comes first, where it is a word of its own: what it was made of is last.
    return forms.isEmpty() ? word : forms.get(inflectedVerb ? forms.size() - 1 : 0);
  }

  private double direction(List<String> words, List<String> others) {
    double product = 1;
    boolean any = false;
    for (String word : words) {
      double best = others.stream().mapToDouble(other -> alike(word, other)).max().orElse(0);
      if (best > 0) {
        product *= best;
        any = true;
      }
    }
    return any ? product : 0;
  }

  private double alike(String word, String other) {
    if (word.equals(other)) {
      return 1;
    }
    return known.computeIfAbsent(List.of(word, other), pair -> senses(word, other));
  }

  private double senses(String word, String other) {
    Optional<WordNet.Synset> one = net.firstSense(word);
    Optional<WordNet.Synset> two = net.firstSense(other);
    if (one.isEmpty() || two.isEmpty()) {
      return 0;
    }
    double value = likeness.of(one.get(), two.get());
    return value < threshold ? value * BELOW_THRESHOLD : value;
  }
}
