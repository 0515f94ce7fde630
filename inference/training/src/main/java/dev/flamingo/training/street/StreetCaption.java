package dev.flamingo.training.street;

import static dev.flamingo.training.street.StreetWords.name;

import dev.flamingo.ingest.street.Actor;
import dev.flamingo.ingest.street.Colour;
import dev.flamingo.ingest.street.Light;
import dev.flamingo.ingest.street.StreetClip;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Sentences about the street: actors in a fixed order, then the light, the time of day and the
 * weather.
 */
public final class StreetCaption {

  /** Questions whose answer is the caption. */
  static final List<String> QUESTIONS =
      List.of(
          "what do you see?",
          "what can you see?",
          "what is happening?",
          "what is there?",
          "what is on the street?");

  private static final Comparator<Actor> ORDER =
      Comparator.comparing(Actor::kind)
          .thenComparing(Actor::colour)
          .thenComparing(Actor::direction);

  /** Returns the caption of a clip. */
  public String of(StreetClip clip) {
    Light first = clip.light(0);
    Light last = clip.light(StreetClip.FRAMES - 1);
    String actors =
        list(clip.seen(), actor -> thing(actor) + " " + StreetWords.moves(actor.direction()));
    return actors
        + (first == last ? ". the light is " : ". the light turns ")
        + name(last)
        + ". "
        + ambience(clip.night(), clip.rain())
        + ".";
  }

  /** Returns the caption of one frame, which shows no motion. */
  public String of(StreetClip clip, int second) {
    return String.join(". ", facts(clip, second)) + ".";
  }

  /** Returns the content of one frame's caption: things, the light, the time with the weather. */
  List<String> facts(StreetClip clip, int second) {
    List<Actor> visible =
        clip.actors().stream()
            .filter(actor -> actor.visibleShare(second) >= StreetClip.SEEN)
            .toList();
    return List.of(
        list(visible, StreetCaption::thing),
        "the light is " + name(clip.light(second)),
        ambience(clip.night(), clip.rain()));
  }

  private static String list(List<Actor> actors, java.util.function.Function<Actor, String> words) {
    if (actors.isEmpty()) {
      return "an empty street";
    }
    return actors.stream().sorted(ORDER).map(words).collect(Collectors.joining(", "));
  }

  private static String thing(Actor actor) {
    String kind = name(actor.kind());
    return actor.colour() == Colour.UNNAMED
        ? "a " + kind
        : "a " + name(actor.colour()) + " " + kind;
  }

  private static String ambience(boolean night, boolean rain) {
    return (night ? "night" : "day") + (rain ? ", rain" : "");
  }
}
