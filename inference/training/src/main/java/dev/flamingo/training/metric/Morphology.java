package dev.flamingo.training.metric;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** WordNet's rules from an inflected word to those that its index has. */
final class Morphology {

  private static final Map<WordNet.Speech, List<String>> ENDINGS =
      Map.of(
          WordNet.Speech.NOUN,
          List.of(
              "s>", "ses>s", "ves>f", "xes>x", "zes>z", "ches>ch", "shes>sh", "men>man", "ies>y"),
          WordNet.Speech.VERB,
          List.of("s>", "ies>y", "es>e", "es>", "ed>e", "ed>", "ing>e", "ing>"),
          WordNet.Speech.ADJ,
          List.of("er>", "est>", "er>e", "est>e"),
          WordNet.Speech.ADV,
          List.of());

  private final List<String> endings;
  private final Set<String> words;
  private final Map<String, List<String>> exceptions;

  Morphology(WordNet.Speech speech, Set<String> words, Map<String, List<String>> exceptions) {
    this.endings = ENDINGS.getOrDefault(speech, List.of());
    this.words = words;
    this.exceptions = exceptions;
  }

  /** Returns the words of the index that a word may be a form of, itself first. */
  List<String> baseForms(String word) {
    List<String> irregular = exceptions.get(word);
    Set<String> found = new LinkedHashSet<>();
    found.add(word);
    found.addAll(irregular == null ? shorter(Set.of(word)) : irregular);
    found.retainAll(words);
    Set<String> forms = irregular == null ? shorter(Set.of(word)) : Set.of();
    while (found.isEmpty() && !forms.isEmpty()) {
      forms = shorter(forms);
      found.addAll(forms);
      found.retainAll(words);
    }
    return List.copyOf(found);
  }

  private Set<String> shorter(Set<String> forms) {
    Set<String> shorter = new LinkedHashSet<>();
    for (String form : forms) {
      for (String rule : endings) {
        int arrow = rule.indexOf('>');
        String ending = rule.substring(0, arrow);
        if (form.endsWith(ending)) {
          shorter.add(
              form.substring(0, form.length() - ending.length()) + rule.substring(arrow + 1));
        }
      }
    }
    return shorter;
  }
}
