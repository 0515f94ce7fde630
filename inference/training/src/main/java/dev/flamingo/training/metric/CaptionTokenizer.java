package dev.flamingo.training.metric;

import java.util.List;

/** Takes captions apart for {@link Cider}. */
public interface CaptionTokenizer {

  /** Returns the words that count, in lower case. */
  List<String> tokens(String caption);
}
