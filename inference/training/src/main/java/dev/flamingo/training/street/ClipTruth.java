package dev.flamingo.training.street;

import dev.flamingo.ingest.street.Actor;
import dev.flamingo.ingest.street.ActorKind;
import dev.flamingo.ingest.street.Colour;
import dev.flamingo.ingest.street.Direction;
import dev.flamingo.ingest.street.Light;
import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.training.objective.AttributeHeads.Attribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a clip shows, as classes: targets of the resampler's training. */
final class ClipTruth {

  private static final int KINDS = ActorKind.values().length;
  private static final int COLOURS = Colour.values().length;
  private static final int DIRECTIONS = Direction.values().length;
  private static final int MOST = 4;
  private static final double MOTION = 2;

  private final List<Attribute> attributes = new ArrayList<>();
  private final List<Function<StreetClip, Integer>> answers = new ArrayList<>();

  ClipTruth() {
    for (ActorKind kind : ActorKind.values()) {
      Predicate<Actor> ofKind = actor -> actor.kind() == kind;
      add(
          "count " + kind,
          "count",
          MOST + 1,
          1,
          clip -> (int) clip.seen().stream().filter(ofKind).count());
      add(
          "colour " + kind,
          "colour",
          COLOURS + 1,
          1,
          only(ofKind, a -> index(Colour.values(), a.colour()), COLOURS));
      add(
          "direction " + kind,
          "direction",
          DIRECTIONS + 1,
          MOTION,
          only(ofKind, a -> index(Direction.values(), a.direction()), DIRECTIONS));
      add("enters " + kind, "enters", 2, 1, any(ofKind.and(StreetClip::enters)));
      add("leaves " + kind, "leaves", 2, 1, any(ofKind.and(StreetClip::leaves)));
    }
    for (Colour colour : Colour.NAMED) {
      Predicate<Actor> ofColour = actor -> actor.colour() == colour;
      add(
          "kind " + colour,
          "kind",
          KINDS + 1,
          1,
          only(ofColour, a -> index(ActorKind.values(), a.kind()), KINDS));
      add(
          "direction " + colour,
          "direction",
          DIRECTIONS + 1,
          MOTION,
          only(ofColour, a -> index(Direction.values(), a.direction()), DIRECTIONS));
    }
    add("total", "count", MOST + 1, 1, clip -> clip.seen().size());
    add("first", "kind", KINDS + 1, 1, ClipTruth::first);
    add("light at the start", "light", 2, 1, clip -> clip.light(0) == Light.RED ? 1 : 0);
    add(
        "light at the end",
        "light",
        2,
        1,
        clip -> clip.light(StreetClip.FRAMES - 1) == Light.RED ? 1 : 0);
    add("night", "night", 2, 1, clip -> clip.night() ? 1 : 0);
    add("rain", "rain", 2, 1, clip -> clip.rain() ? 1 : 0);
  }

  List<Attribute> attributes() {
    return List.copyOf(attributes);
  }

  /** Returns the class of every attribute. */
  long[] of(StreetClip clip) {
    return answers.stream().mapToLong(answer -> answer.apply(clip)).toArray();
  }

  private void add(
      String name,
      String answers,
      int classes,
      double weight,
      Function<StreetClip, Integer> answer) {
    attributes.add(new Attribute(name, answers, classes, weight));
    this.answers.add(answer);
  }

  private static Function<StreetClip, Integer> only(
      Predicate<Actor> wanted, Function<Actor, Integer> property, int otherwise) {
    return clip -> {
      List<Actor> actors = clip.seen().stream().filter(wanted).toList();
      return actors.size() == 1 ? property.apply(actors.get(0)) : otherwise;
    };
  }

  private static Function<StreetClip, Integer> any(Predicate<Actor> wanted) {
    return clip -> clip.seen().stream().anyMatch(wanted) ? 1 : 0;
  }

  private static int first(StreetClip clip) {
    int earliest = clip.seen().stream().mapToInt(StreetClip::firstSeen).min().orElse(0);
    Stream<Actor> first =
        clip.seen().stream().filter(actor -> StreetClip.firstSeen(actor) == earliest);
    List<Actor> actors = first.toList();
    return actors.size() == 1 ? index(ActorKind.values(), actors.get(0).kind()) : KINDS;
  }

  private static <T> int index(T[] values, T value) {
    return Arrays.asList(values).indexOf(value);
  }
}
