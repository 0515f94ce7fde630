package dev.flamingo.training.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tokens of the Penn Treebank, in lower case and without punctuation: {@code don't} is {@code
 * do n't}, {@code dog's} is {@code dog 's}, {@code half-way} one word.
 *
 * <p>It stands for the Java program that the published caption evaluation runs and agrees with it
 * on plain sentences. It differs where that one guesses (sentence ends after abbreviations, web
 * addresses), and it leaves {@code cannot} or {@code gonna} whole, so that text whose tokens are
 * already apart stays as it is.
 */
public final class PtbTokenizer implements CaptionTokenizer {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\.\\.+"
              + "|\\b(?:mr|mrs|ms|dr|st|jr|sr|vs|etc|prof|gen|col|capt|sgt|rev|inc|corp|ltd)\\."
              + "|\\b(?:[a-z]\\.){2,}"
              + "|\\d+(?:[.,:]\\d+)+(?![\\p{L}\\p{N}])"
              + "|n't\\b|'(?:s|re|ve|ll|d|m)\\b"
              + "|[\\p{L}\\p{N}\\p{M}]+(?:['_/-][\\p{L}\\p{N}\\p{M}]+)*"
              + "|\\S");
  private static final Pattern CLITIC = Pattern.compile("(?<=.)(?:n't|'(?:s|re|ve|ll|d|m))$");
  private static final Set<String> DROPPED =
      Set.of(
          "'", "`", "\"", "(", ")", "{", "}", ".", "?", "!", ",", ":", "-", ";", "\u201c", "\u201d",
          "\u2026", "\u2013", "\u2014");

  @Override
  public List<String> tokens(String caption) {
    String text = caption.toLowerCase(Locale.ROOT).replace('\u2019', '\'').replace('\u2018', '\'');
    List<String> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      if (!DROPPED.contains(token.group()) && !token.group().startsWith("..")) {
        apart(token.group(), tokens);
      }
    }
    return tokens;
  }

  private static void apart(String word, List<String> tokens) {
    Matcher clitic = CLITIC.matcher(word);
    if (clitic.find()) {
      apart(word.substring(0, clitic.start()), tokens);
      tokens.add(clitic.group());
    } else {
      tokens.add(word);
    }
  }
}
