package dev.flamingo.training.metric;

import dev.flamingo.training.metric.WordNet.Speech;
import dev.flamingo.training.metric.WordNet.Synset;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * How alike two senses are: the depth of what is above both against their own, as NLTK counts it.
 * Nouns have one root; where something else is compared, a root is thought above all.
 */
final class WuPalmer {

  private static final Synset ROOT = new Synset(Speech.NOUN, -1);

  private final WordNet net;
  private final Map<Synset, Integer> longest = new HashMap<>();
  private final Map<Synset, Integer> shortest = new HashMap<>();

  WuPalmer(WordNet net) {
    this.net = net;
  }

  /** Returns the similarity, above 0 to 1; 0 where nothing is above both. */
  double of(Synset one, Synset other) {
    boolean rooted = one.speech() != Speech.NOUN || other.speech() != Speech.NOUN;
    Map<Synset, Integer> aboveOne = distances(one, rooted);
    Map<Synset, Integer> aboveOther = distances(other, rooted);
    Set<Synset> common = new TreeSet<>(Comparator.comparing(net::name));
    aboveOne.keySet().stream().filter(aboveOther::containsKey).forEach(common::add);
    if (common.isEmpty()) {
      return 0;
    }
    int deepest = common.stream().mapToInt(this::shortestDepth).max().orElse(0);
    Synset meeting =
        aboveOther.containsKey(one) && shortestDepth(one) == deepest
            ? one
            : common.stream()
                .filter(synset -> shortestDepth(synset) == deepest)
                .findFirst()
                .orElse(ROOT);
    int depth = longestDepth(meeting) + 1;
    Map<Synset, Integer> aboveMeeting = distances(meeting, rooted);
    int up = between(aboveOne, aboveMeeting) + between(aboveOther, aboveMeeting);
    return 2.0 * depth / (up + 2.0 * depth);
  }

  private Map<Synset, Integer> distances(Synset from, boolean rooted) {
    Map<Synset, Integer> distances = new HashMap<>();
    distances.put(from, 0);
    Deque<Synset> open = new ArrayDeque<>();
    open.add(from);
    int farthest = 0;
    while (!open.isEmpty()) {
      Synset synset = open.remove();
      int next = Objects.requireNonNull(distances.get(synset)) + 1;
      for (Synset above : net.hypernyms(synset)) {
        if (distances.putIfAbsent(above, next) == null) {
          farthest = next;
          open.add(above);
        }
      }
    }
    if (rooted && !from.equals(ROOT)) {
      distances.put(ROOT, farthest + 1);
    }
    return distances;
  }

  private static int between(Map<Synset, Integer> one, Map<Synset, Integer> other) {
    return one.entrySet().stream()
        .filter(entry -> other.containsKey(entry.getKey()))
        .mapToInt(entry -> entry.getValue() + other.getOrDefault(entry.getKey(), 0))
        .min()
        .orElse(0);
  }

  private int longestDepth(Synset synset) {
    Integer known = longest.get(synset);
    if (known == null) {
      known =
          net.hypernyms(synset).stream().mapToInt(above -> longestDepth(above) + 1).max().orElse(0);
      longest.put(synset, known);
    }
    return known;
  }

  private int shortestDepth(Synset synset) {
    Integer known = shortest.get(synset);
    if (known == null) {
      known =
          net.hypernyms(synset).stream()
              .mapToInt(above -> shortestDepth(above) + 1)
              .min()
              .orElse(0);
      shortest.put(synset, known);
    }
    return known;
  }
}
