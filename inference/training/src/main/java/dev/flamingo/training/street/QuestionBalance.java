package dev.flamingo.training.street;

import dev.flamingo.ingest.street.StreetClipSampler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How often a question with an answer is kept, so that guessing the usual answer is worth little:
 * the more frequent answers of a question are thinned out towards the rarer ones, and the more
 * frequent families towards the rarer.
 */
public final class QuestionBalance {

  private final Map<String, Map<String, Double>> keep;

  private QuestionBalance(Map<String, Map<String, Double>> keep) {
    this.keep = keep;
  }

  /** Counts questions and answers in a sample of clips. */
  public static QuestionBalance count(StreetGrammar grammar, StreetClipSampler sampler, int clips) {
    Map<String, Map<String, Integer>> counts = new HashMap<>();
    for (int i = 0; i < clips; i++) {
      for (StreetQuestion question : grammar.questions(sampler.sample(i))) {
        counts
            .computeIfAbsent(question.text(), key -> new HashMap<>())
            .merge(question.answer(), 1, Integer::sum);
      }
    }
    Map<String, Map<String, Double>> keep = new HashMap<>();
    counts.forEach((text, answers) -> keep.put(text, shares(answers)));
    return new QuestionBalance(keep);
  }

  private static Map<String, Double> shares(Map<String, Integer> answers) {
    List<Integer> sorted = answers.values().stream().sorted().toList();
    int rarest = sorted.get(0);
    int second = sorted.get(Math.max(0, sorted.size() - 2));
    double target = Math.max(rarest, second / 4.0);
    Map<String, Double> shares = new HashMap<>();
    answers.forEach((answer, count) -> shares.put(answer, Math.min(1, target / count)));
    return shares;
  }

  /** Returns the questions that chance keeps. */
  public List<StreetQuestion> thin(List<StreetQuestion> questions, SplittableRandom random) {
    return questions.stream()
        .filter(
            question ->
                random.nextDouble()
                    < keep.getOrDefault(question.text(), Map.of())
                        .getOrDefault(question.answer(), 1.0))
        .toList();
  }
}
