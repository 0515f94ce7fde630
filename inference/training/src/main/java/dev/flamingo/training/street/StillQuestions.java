package dev.flamingo.training.street;

import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.model.serving.Cue;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Questions about one frame, each family as often. */
final class StillQuestions {

  private static final Set<QuestionFamily> MOVING =
      EnumSet.of(
          QuestionFamily.DIRECTION,
          QuestionFamily.LIGHT_START,
          QuestionFamily.LIGHT_CHANGE,
          QuestionFamily.FIRST,
          QuestionFamily.ENTER,
          QuestionFamily.LEAVE);

  private final StreetGrammar grammar = new StreetGrammar();
  private final QuestionBalance balance;

  StillQuestions(QuestionBalance balance) {
    this.balance = balance;
  }

  /**
   * A question as it is put.
   *
   * @param text its words
   */
  record Asked(String text, String answer) {}

  /** Returns a question with its answer as prompts have it: {@code Question: ... Answer: red}. */
  String ask(StreetClip clip, int second, SplittableRandom random) {
    Asked asked = draw(clip, second, random);
    return Cue.question(asked.text()).text() + " " + asked.answer();
  }

  /** Returns a question with its answer. */
  Asked draw(StreetClip clip, int second, SplittableRandom random) {
    List<StreetQuestion> all =
        grammar.questions(clip.still(second)).stream()
            .filter(question -> !MOVING.contains(question.family()))
            .toList();
    List<StreetQuestion> thinned = balance.thin(all, random);
    List<StreetQuestion> pool = thinned.isEmpty() ? all : thinned;
    QuestionFamily family =
        pick(pool.stream().map(StreetQuestion::family).distinct().toList(), random);
    StreetQuestion question =
        pick(pool.stream().filter(asked -> asked.family() == family).toList(), random);
    return new Asked(pick(question.phrasings(), random), question.answer());
  }

  private static <T> T pick(List<T> choices, SplittableRandom random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
