package dev.flamingo.training.metric;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes answers comparable as the official VQA evaluation does, its slips included: punctuation
 * away or a space, number words to digits, articles away, apostrophes of short forms back.
 */
public final class VqaNormalizer {

  private static final String PUNCTUATION = ";/[]\"{}()=+\\_-><@`,?!";
  private static final Pattern DIGITS_AROUND_COMMA =
      Pattern.compile("\\d,\\d", Pattern.UNICODE_CHARACTER_CLASS);
  // What stands before a period never matters there: the look-behind is mistyped.
  private static final Pattern PERIOD =
      Pattern.compile("\\.(?!\\d)", Pattern.UNICODE_CHARACTER_CLASS);
  // A flag is given where the number of replacements belongs; its value is 32.
  private static final int MOST_PERIODS = 32;
  private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Map<String, String> DIGITS =
      Map.ofEntries(
          Map.entry("none", "0"),
          Map.entry("zero", "0"),
          Map.entry("one", "1"),
          Map.entry("two", "2"),
          Map.entry("three", "3"),
          Map.entry("four", "4"),
          Map.entry("five", "5"),
          Map.entry("six", "6"),
          Map.entry("seven", "7"),
          Map.entry("eight", "8"),
          Map.entry("nine", "9"),
          Map.entry("ten", "10"));
  private static final Set<String> ARTICLES = Set.of("a", "an", "the");

  private final Contractions contractions = new Contractions();

  /** Returns the answer in one line, without spaces around it: what is done in any case. */
  public String trim(String answer) {
    return answer.replace('\n', ' ').replace('\t', ' ').strip();
  }

  /** Returns the answer in the form in which answers are compared. */
  public String normalize(String answer) {
    return words(punctuation(trim(answer)));
  }

  private static String punctuation(String answer) {
    boolean comma = DIGITS_AROUND_COMMA.matcher(answer).find();
    String out = answer;
    for (int i = 0; i < PUNCTUATION.length(); i++) {
      String mark = PUNCTUATION.substring(i, i + 1);
      boolean atEdge = answer.contains(mark + " ") || answer.contains(" " + mark);
      out = out.replace(mark, comma || atEdge ? "" : " ");
    }
    Matcher period = PERIOD.matcher(out);
    StringBuilder kept = new StringBuilder();
    for (int i = 0; i < MOST_PERIODS && period.find(); i++) {
      period.appendReplacement(kept, "");
    }
    return period.appendTail(kept).toString();
  }

  private String words(String answer) {
    StringJoiner out = new StringJoiner(" ");
    for (String word : SPACE.split(answer.toLowerCase(Locale.ROOT), 0)) {
      String digits = DIGITS.getOrDefault(word, word);
      if (!digits.isEmpty() && !ARTICLES.contains(digits)) {
        out.add(contractions.restore(digits));
      }
    }
    return out.toString();
  }
}
