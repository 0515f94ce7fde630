package dev.flamingo.training.street;

import dev.flamingo.ingest.street.Actor;
import dev.flamingo.ingest.street.ActorKind;
import dev.flamingo.ingest.street.Colour;
import dev.flamingo.ingest.street.Light;
import dev.flamingo.ingest.street.StreetClip;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Ways to sort clips, to be learnt in context: their names carry no meaning. Rain and the number of
 * things are not among them, so that evaluation can ask for what was never sorted by.
 */
final class StreetTasks {

  private final List<Function<StreetClip, Integer>> tasks = new ArrayList<>();

  StreetTasks() {
    sort(StreetClip::night);
    sort(clip -> clip.light(0) == Light.RED);
    sort(clip -> clip.light(StreetClip.FRAMES - 1) == Light.RED);
    sort(clip -> clip.lightChange() != 0);
    for (ActorKind kind : ActorKind.values()) {
      Predicate<Actor> ofKind = actor -> actor.kind() == kind;
      sort(clip -> clip.seen().stream().anyMatch(ofKind));
      tasks.add(clip -> only(clip, ofKind, StreetTasks::colour));
      tasks.add(clip -> only(clip, ofKind, actor -> (int) Math.signum(actor.speed()) + 1));
    }
    for (Colour colour : Colour.NAMED) {
      sort(clip -> clip.seen().stream().anyMatch(actor -> actor.colour() == colour));
    }
  }

  private void sort(Predicate<StreetClip> task) {
    tasks.add(clip -> task.test(clip) ? 1 : 0);
  }

  private static int colour(Actor actor) {
    return Colour.NAMED.indexOf(actor.colour());
  }

  /**
   * Returns a task's class of the only actor of its kind; -1 where there is none or are several.
   */
  private static int only(
      StreetClip clip, Predicate<Actor> wanted, Function<Actor, Integer> property) {
    List<Actor> actors = clip.seen().stream().filter(wanted).toList();
    return actors.size() == 1 ? property.apply(actors.get(0)) : -1;
  }

  /**
   * Sorts clips by a task of chance that finds at least two classes.
   *
   * @return for every class the numbers of its clips
   */
  List<int[]> sort(List<StreetClip> clips, SplittableRandom random) {
    while (true) {
      Function<StreetClip, Integer> task = tasks.get(random.nextInt(tasks.size()));
      Map<Integer, List<Integer>> classes = new TreeMap<>();
      for (int i = 0; i < clips.size(); i++) {
        classes.computeIfAbsent(task.apply(clips.get(i)), key -> new ArrayList<>()).add(i);
      }
      classes.remove(-1);
      if (classes.size() > 1) {
        return classes.values().stream()
            .map(numbers -> numbers.stream().mapToInt(number -> number).toArray())
            .toList();
      }
    }
  }
}
