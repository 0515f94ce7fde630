package dev.flamingo.training.street;

import dev.flamingo.ingest.street.Actor;
import dev.flamingo.ingest.street.StreetClip;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Chooses what is asked about a clip: families evenly, answers by the balance, words by chance. */
final class StreetExam {

  private static final int QUESTIONS = 6;

  private final StreetGrammar grammar = new StreetGrammar();
  private final QuestionBalance balance;

  StreetExam(QuestionBalance balance) {
    this.balance = balance;
  }

  /**
   * A question as it is put.
   *
   * @param text its words
   */
  record Asked(QuestionFamily family, String text, String answer) {}

  List<Asked> ask(StreetClip clip, SplittableRandom random) {
    Map<QuestionFamily, List<StreetQuestion>> families =
        balance.thin(grammar.questions(clip), random).stream()
            .collect(Collectors.groupingBy(StreetQuestion::family));
    List<QuestionFamily> order = new ArrayList<>(families.keySet().stream().sorted().toList());
    List<Asked> asked = new ArrayList<>();
    while (asked.size() < QUESTIONS && !order.isEmpty()) {
      QuestionFamily family = order.remove(random.nextInt(order.size()));
      List<StreetQuestion> choices = families.getOrDefault(family, List.of());
      StreetQuestion question = choices.get(random.nextInt(choices.size()));
      List<String> phrasings = question.phrasings();
      String text = phrasings.get(random.nextInt(phrasings.size()));
      asked.add(new Asked(family, text, question.answer()));
    }
    return asked;
  }

  /**
   * Returns the questions that only who knows a held-out pair of colour and kind can answer: what
   * colour the kind has, and what has the colour.
   */
  List<Asked> askOfHeldOut(StreetClip clip) {
    List<StreetQuestion> questions = grammar.questions(clip);
    return clip.seen().stream()
        .filter(actor -> StreetSplit.heldOut(actor.colour(), actor.kind()))
        .flatMap(actor -> questions.stream().filter(question -> turnsOn(question, actor)))
        .map(
            question ->
                new Asked(question.family(), question.phrasings().get(0), question.answer()))
        .toList();
  }

  private static boolean turnsOn(StreetQuestion question, Actor actor) {
    String colour = StreetWords.name(actor.colour());
    String kind = StreetWords.name(actor.kind());
    String asked = question.phrasings().get(0);
    return switch (question.family()) {
      case COLOUR -> asked.contains(kind) && question.answer().equals(colour);
      case WHAT -> asked.contains(colour) && question.answer().equals(kind);
      default -> false;
    };
  }

  /** Returns whether a question about a clip has the same answer about another. */
  boolean agrees(Asked asked, StreetClip other) {
    return grammar.questions(other).stream()
        .filter(question -> question.phrasings().contains(asked.text()))
        .anyMatch(question -> question.answer().equals(asked.answer()));
  }
}
