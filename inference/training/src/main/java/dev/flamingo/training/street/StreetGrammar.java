package dev.flamingo.training.street;

import static dev.flamingo.training.street.StreetWords.name;
import static dev.flamingo.training.street.StreetWords.number;
import static dev.flamingo.training.street.StreetWords.plural;
import static dev.flamingo.training.street.StreetWords.yesNo;

import dev.flamingo.ingest.street.Actor;
import dev.flamingo.ingest.street.ActorKind;
import dev.flamingo.ingest.street.Colour;
import dev.flamingo.ingest.street.Light;
import dev.flamingo.ingest.street.StreetClip;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** All questions that a clip answers without doubt. */
public final class StreetGrammar {

  private static final String NOTHING = "nothing";

  /** Returns the questions, in a fixed order. */
  public List<StreetQuestion> questions(StreetClip clip) {
    List<StreetQuestion> questions = new ArrayList<>();
    List<Actor> seen = clip.seen();
    for (ActorKind kind : ActorKind.values()) {
      aboutKind(kind, seen, questions);
    }
    for (Colour colour : Colour.NAMED) {
      aboutColour(colour, seen, questions);
    }
    questions.add(
        ask(
            QuestionFamily.TOTAL,
            number(seen.size()),
            "how many things are there?",
            "how many things do you see?",
            "how many things can you see?"));
    aboutLight(clip, questions);
    aboutWeather(clip, questions);
    aboutOrder(seen, questions);
    return questions;
  }

  private static void aboutKind(ActorKind kind, List<Actor> seen, List<StreetQuestion> questions) {
    String one = name(kind);
    String many = plural(kind);
    List<Actor> actors = seen.stream().filter(actor -> actor.kind() == kind).toList();
    questions.add(
        ask(
            QuestionFamily.COUNT,
            number(actors.size()),
            "how many " + many + " are there?",
            "how many " + many + " do you see?",
            "how many " + many + " can you see?"));
    questions.add(
        ask(
            QuestionFamily.EXISTS,
            yesNo(!actors.isEmpty()),
            "is there a " + one + "?",
            "do you see a " + one + "?",
            "can you see a " + one + "?",
            "are there any " + many + "?"));
    for (Colour colour : Colour.NAMED) {
      String thing = name(colour) + " " + one;
      questions.add(
          ask(
              QuestionFamily.COLOUR_AND_KIND,
              yesNo(actors.stream().anyMatch(actor -> actor.colour() == colour)),
              "is there a " + thing + "?",
              "do you see a " + thing + "?",
              "can you see a " + thing + "?"));
    }
    if (actors.size() <= 1) {
      String none = "there is no " + one;
      if (actors.stream().noneMatch(actor -> actor.colour() == Colour.UNNAMED)) {
        questions.add(
            ask(
                QuestionFamily.COLOUR,
                actors.stream().map(actor -> name(actor.colour())).findAny().orElse(none),
                "what color is the " + one + "?",
                "what colour is the " + one + "?",
                "which color is the " + one + "?",
                "what is the color of the " + one + "?",
                "what's the color of the " + one + "?"));
      }
      questions.add(
          ask(
              QuestionFamily.DIRECTION,
              actors.stream()
                  .map(actor -> StreetWords.way(actor.direction()))
                  .findAny()
                  .orElse(none),
              "which way is the " + one + " going?",
              "where is the " + one + " going?",
              "which direction is the " + one + " moving?",
              "in which direction does the " + one + " go?"));
    }
  }

  private static void aboutColour(Colour colour, List<Actor> seen, List<StreetQuestion> questions) {
    List<Actor> actors = seen.stream().filter(actor -> actor.colour() == colour).toList();
    String shade = name(colour);
    questions.add(
        ask(
            QuestionFamily.EXISTS,
            yesNo(!actors.isEmpty()),
            "is anything " + shade + "?",
            "is there anything " + shade + "?",
            "do you see anything " + shade + "?"));
    if (actors.size() <= 1) {
      questions.add(
          ask(
              QuestionFamily.WHAT,
              actors.stream().map(actor -> name(actor.kind())).findAny().orElse(NOTHING),
              "what is " + shade + "?",
              "what thing is " + shade + "?",
              "which thing is " + shade + "?"));
    }
  }

  private static void aboutLight(StreetClip clip, List<StreetQuestion> questions) {
    Light first = clip.light(0);
    Light last = clip.light(StreetClip.FRAMES - 1);
    questions.add(
        ask(
            QuestionFamily.LIGHT_START,
            name(first),
            "what color was the light at the start?",
            "what colour was the light at first?",
            "what color was the traffic light at the beginning?"));
    questions.add(
        ask(
            QuestionFamily.LIGHT_END,
            name(last),
            "what color is the light?",
            "what colour is the light?",
            "what color is the traffic light?",
            "what colour is the traffic light now?",
            "what color is the light at the end?"));
    for (Light light : Light.values()) {
      questions.add(
          ask(
              QuestionFamily.LIGHT_END,
              yesNo(last == light),
              "is the light " + name(light) + "?",
              "is the traffic light " + name(light) + "?",
              "is the light " + name(light) + " now?"));
    }
    for (Light light : Light.values()) {
      questions.add(
          ask(
              QuestionFamily.LIGHT_CHANGE,
              yesNo(first != last && last == light),
              "did the light turn " + name(light) + "?",
              "did the traffic light turn " + name(light) + "?",
              "does the light turn " + name(light) + "?"));
    }
    questions.add(
        ask(
            QuestionFamily.LIGHT_CHANGE,
            yesNo(first != last),
            "did the light change?",
            "does the light change?",
            "did the traffic light change?",
            "has the light changed?"));
  }

  private static void aboutWeather(StreetClip clip, List<StreetQuestion> questions) {
    questions.add(ask(QuestionFamily.DAY, clip.night() ? "night" : "day", "is it day or night?"));
    questions.add(ask(QuestionFamily.DAY, yesNo(clip.night()), "is it night?", "is it dark?"));
    questions.add(ask(QuestionFamily.DAY, yesNo(!clip.night()), "is it day?"));
    questions.add(
        ask(
            QuestionFamily.RAIN,
            yesNo(clip.rain()),
            "is it raining?",
            "does it rain?",
            "is there rain?"));
  }

  private static void aboutOrder(List<Actor> seen, List<StreetQuestion> questions) {
    int earliest = seen.stream().mapToInt(StreetClip::firstSeen).min().orElse(0);
    List<Actor> first =
        seen.stream().filter(actor -> StreetClip.firstSeen(actor) == earliest).toList();
    if (seen.size() > 1 && first.size() == 1) {
      questions.add(
          ask(
              QuestionFamily.FIRST,
              name(first.get(0).kind()),
              "what came first?",
              "what comes first?",
              "which thing came first?"));
    }
    moved(
        QuestionFamily.ENTER,
        StreetClip::enters,
        seen,
        questions,
        "what came into view?",
        "what entered?",
        "what enters?");
    moved(
        QuestionFamily.LEAVE,
        StreetClip::leaves,
        seen,
        questions,
        "what went out of view?",
        "what left?",
        "what leaves?");
  }

  private static void moved(
      QuestionFamily family,
      Predicate<Actor> moved,
      List<Actor> seen,
      List<StreetQuestion> questions,
      String... phrasings) {
    List<Actor> actors = seen.stream().filter(moved).toList();
    if (actors.size() <= 1) {
      String answer = actors.isEmpty() ? NOTHING : name(actors.get(0).kind());
      questions.add(ask(family, answer, phrasings));
    }
  }

  private static StreetQuestion ask(QuestionFamily family, String answer, String... phrasings) {
    return new StreetQuestion(family, List.of(phrasings), answer);
  }
}
