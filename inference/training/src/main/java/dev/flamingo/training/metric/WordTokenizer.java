package dev.flamingo.training.metric;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Takes runs of the letters a to z and of digits for words, and nothing else. */
public final class WordTokenizer implements CaptionTokenizer {

  private static final Pattern WORD = Pattern.compile("[a-z0-9]+");

  @Override
  public List<String> tokens(String caption) {
    return WORD.matcher(caption.toLowerCase(Locale.ROOT))
        .results()
        .map(MatchResult::group)
        .toList();
  }
}
