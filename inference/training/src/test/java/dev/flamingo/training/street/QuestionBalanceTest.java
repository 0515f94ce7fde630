package dev.flamingo.training.street;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.ingest.street.StreetClipSampler;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QuestionBalanceTest {

  private static final int CLIPS = 1_000;

  private static QuestionBalance balance;
  private final StreetGrammar grammar = new StreetGrammar();
  private final StreetClipSampler sampler = StreetSplit.test(21);

  @BeforeAll
  static void count() {
    balance = StreetSplit.balance();
  }

  @Test
  void theUsualAnswerIsRightHalfOfTheTimeAtMost() {
    double unthinned = usualAnswer(grammar::questions);
    SplittableRandom random = new SplittableRandom(1);
    double thinned = usualAnswer(clip -> balance.thin(grammar.questions(clip), random));

    assertThat(thinned).isBetween(0.2, 0.5);
    assertThat(unthinned).isGreaterThan(thinned + 0.2);
  }

  @Test
  void theExamsUsualAnswerIsRightHalfOfTheTimeAtMost() {
    StreetExam exam = new StreetExam(balance);
    SplittableRandom random = new SplittableRandom(2);

    double usual =
        usualAnswer(
            clip ->
                exam.ask(clip, random).stream()
                    .map(a -> new StreetQuestion(a.family(), List.of(a.text()), a.answer()))
                    .toList());

    assertThat(usual).isBetween(0.2, 0.5);
  }

  @Test
  void anExamAsksAtMostSixQuestionsOfDifferentFamiliesAndReachesAllOfThem() {
    StreetExam exam = new StreetExam(balance);
    SplittableRandom random = new SplittableRandom(3);
    Set<QuestionFamily> reached = EnumSet.noneOf(QuestionFamily.class);
    for (int i = 0; i < 300; i++) {
      StreetClip clip = sampler.sample(i);
      List<QuestionFamily> asked =
          exam.ask(clip, random).stream().map(StreetExam.Asked::family).toList();
      assertThat(asked).hasSizeLessThanOrEqualTo(6).doesNotHaveDuplicates();
      reached.addAll(asked);
    }
    assertThat(reached).containsExactlyInAnyOrder(QuestionFamily.values());
  }

  @Test
  void theSameChanceKeepsTheSameQuestions() {
    List<StreetQuestion> questions = grammar.questions(sampler.sample(0));

    assertThat(balance.thin(questions, new SplittableRandom(9)))
        .isEqualTo(balance.thin(questions, new SplittableRandom(9)))
        .isSubsetOf(questions)
        .hasSizeLessThan(questions.size());
  }

  // How often the answer that is most frequent for a question's words is right.
  private double usualAnswer(Function<StreetClip, List<StreetQuestion>> asked) {
    Map<String, Map<String, Integer>> counts = new HashMap<>();
    for (int i = 0; i < CLIPS; i++) {
      for (StreetQuestion question : asked.apply(sampler.sample(i))) {
        counts
            .computeIfAbsent(question.text(), text -> new HashMap<>())
            .merge(question.answer(), 1, Integer::sum);
      }
    }
    double right = 0;
    double all = 0;
    for (Map<String, Integer> answers : counts.values()) {
      right += answers.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
      all += answers.values().stream().mapToInt(Integer::intValue).sum();
    }
    return right / all;
  }
}
