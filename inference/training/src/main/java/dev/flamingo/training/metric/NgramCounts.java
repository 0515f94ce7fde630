package dev.flamingo.training.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each run of one to four words occurs in a caption.
 *
 * @param byLength counts of runs of 1, 2, 3 and 4 words
 * @param bigrams number of runs of two words
 */
record NgramCounts(List<Map<String, Integer>> byLength, int bigrams) {

  static final int LONGEST = 4;

  static NgramCounts of(List<String> tokens) {
    List<Map<String, Integer>> byLength = new ArrayList<>();
    for (int n = 1; n <= LONGEST; n++) {
      Map<String, Integer> counts = new HashMap<>();
      for (int from = 0; from + n <= tokens.size(); from++) {
        counts.merge(String.join(" ", tokens.subList(from, from + n)), 1, Integer::sum);
      }
      byLength.add(counts);
    }
    return new NgramCounts(byLength, Math.max(0, tokens.size() - 1));
  }
}
