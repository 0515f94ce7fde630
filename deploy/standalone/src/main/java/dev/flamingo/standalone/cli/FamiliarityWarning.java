package dev.flamingo.standalone.cli;

import dev.flamingo.events.Answer;
import dev.flamingo.model.serving.FamiliarityMeter;
import java.util.List;
import java.util.Optional;

/** What people are warned of where picture or question are not like what the model knows. */
final class FamiliarityWarning {

  private final FamiliarityMeter familiarity;

  FamiliarityWarning(FamiliarityMeter familiarity) {
    this.familiarity = familiarity;
  }

  /** Returns one sentence; nothing where all is familiar or was not measured. */
  Optional<String> of(Answer answer) {
    Double score = answer.familiarity();
    if (!Boolean.FALSE.equals(answer.familiar()) || score == null) {
      return Optional.empty();
    }
    String question = answer.question();
    List<String> unknown = question == null ? List.of() : familiarity.unknownWords(question);
    String what =
        unknown.isEmpty()
            ? (question == null ? "picture" : "picture or the question")
            : "question, which asks about '%s',".formatted(String.join("', '", unknown));
    return Optional.of(
        "warning: the %s is not like what the model was trained on (familiarity %.2f): do not"
            .concat(" rely on the %s")
            .formatted(what, score, question == null ? "caption" : "answer"));
  }
}
