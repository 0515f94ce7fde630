package dev.flamingo.training.street;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingo.ingest.street.Actor;
import dev.flamingo.ingest.street.ActorKind;
import dev.flamingo.ingest.street.Colour;
import dev.flamingo.ingest.street.Light;
import dev.flamingo.ingest.street.StreetClip;
import dev.flamingo.ingest.street.StreetClipSampler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Compares the answers about many clips with what follows from where everybody is. */
class StreetTruthTest {

  private static final int CLIPS = 400;

  private final StreetGrammar grammar = new StreetGrammar();
  private final StreetClipSampler sampler = StreetSplit.test(11);

  @Test
  void countsAndColoursFollowFromThePositions() {
    for (int i = 0; i < CLIPS; i++) {
      StreetClip clip = sampler.sample(i);
      Map<String, String> answers = answers(clip);
      List<Actor> seen = seen(clip);
      for (ActorKind kind : ActorKind.values()) {
        int count = 0;
        TreeSet<String> colours = new TreeSet<>();
        for (Actor actor : seen) {
          if (actor.kind() == kind) {
            count++;
            colours.add(low(actor.colour()));
          }
        }
        String one = low(kind);
        assertThat(answers.get("is there a " + one + "?")).isEqualTo(count > 0 ? "yes" : "no");
        for (Colour colour : Colour.NAMED) {
          assertThat(answers.get("is there a " + low(colour) + " " + one + "?"))
              .isEqualTo(colours.contains(low(colour)) ? "yes" : "no");
        }
        String asked = "what color is the " + one + "?";
        if (count == 0) {
          assertThat(answers).containsEntry(asked, "there is no " + one);
        } else if (count == 1) {
          assertThat(answers).containsEntry(asked, colours.first());
        } else {
          assertThat(answers).doesNotContainKey(asked);
        }
      }
    }
  }

  @Test
  void theLightFollowsFromItsChange() {
    for (int i = 0; i < CLIPS; i++) {
      StreetClip clip = sampler.sample(i);
      Map<String, String> answers = answers(clip);
      boolean changes = clip.lightChange() > 0;
      Light last = changes == (clip.light() == Light.GREEN) ? Light.RED : Light.GREEN;
      assertThat(answers)
          .containsEntry("what color was the light at the start?", low(clip.light()))
          .containsEntry("what color is the light?", low(last))
          .containsEntry("did the light change?", changes ? "yes" : "no");
    }
  }

  @Test
  void comingAndGoingFollowFromTheEnds() {
    int asked = 0;
    for (int i = 0; i < CLIPS; i++) {
      StreetClip clip = sampler.sample(i);
      Map<String, String> answers = answers(clip);
      List<String> entering = new ArrayList<>();
      List<Integer> since = new ArrayList<>();
      for (Actor actor : seen(clip)) {
        if (share(actor, 0) <= 0.1) {
          entering.add(low(actor.kind()));
        }
        int second = 0;
        while (share(actor, second) < 0.6) {
          second++;
        }
        since.add(second);
      }
      String entered = answers.get("what entered?");
      if (entering.size() > 1) {
        assertThat(entered).isNull();
      } else {
        assertThat(entered).isEqualTo(entering.isEmpty() ? "nothing" : entering.get(0));
      }
      if (since.isEmpty()) {
        assertThat(answers).doesNotContainKey("what came first?");
        continue;
      }
      int first = since.indexOf(Collections.min(since));
      boolean alone = Collections.frequency(since, since.get(first)) == 1 && since.size() > 1;
      assertThat(answers.get("what came first?"))
          .isEqualTo(alone ? low(seen(clip).get(first).kind()) : null);
      asked += alone ? 1 : 0;
    }
    assertThat(asked).isGreaterThan(CLIPS / 10);
  }

  @Test
  void backwardsWhatEnteredLeavesAndTheLightTurnsBack() {
    for (int i = 0; i < CLIPS; i++) {
      StreetClip clip = sampler.sample(i);
      Map<String, String> answers = answers(clip);
      Map<String, String> backwards = answers(clip.reversed());

      assertThat(backwards.get("what entered?")).isEqualTo(answers.get("what left?"));
      assertThat(backwards.get("what color is the light?"))
          .isEqualTo(answers.get("what color was the light at the start?"));
      assertThat(backwards.get("did the light change?"))
          .isEqualTo(answers.get("did the light change?"));
      assertThat(backwards.get("how many things are there?"))
          .isEqualTo(answers.get("how many things are there?"));
      for (int second = 0; second < StreetClip.FRAMES; second++) {
        assertThat(clip.reversed().light(second)).isEqualTo(clip.light(7 - second));
      }
    }
  }

  @Test
  void theResamplersLessonsAgreeWithTheAnswers() {
    ClipTruth truth = new ClipTruth();
    List<String> names = truth.attributes().stream().map(a -> a.name()).toList();
    for (int i = 0; i < CLIPS; i++) {
      StreetClip clip = sampler.sample(i);
      long[] classes = truth.of(clip);
      Map<String, String> answers = answers(clip);
      assertThat(classes).hasSameSizeAs(names.toArray());
      for (int a = 0; a < classes.length; a++) {
        assertThat(classes[a]).isBetween(0L, truth.attributes().get(a).classes() - 1L);
      }
      String total = answers.get("how many things are there?");
      assertThat(StreetWords.number((int) classes[names.indexOf("total")])).isEqualTo(total);
      assertThat(StreetWords.yesNo(classes[names.indexOf("rain")] == 1))
          .isEqualTo(answers.get("is it raining?"));
      assertThat(classes[names.indexOf("light at the end")] == 1 ? "red" : "green")
          .isEqualTo(answers.get("what color is the light?"));
    }
  }

  private Map<String, String> answers(StreetClip clip) {
    Map<String, String> answers = new HashMap<>();
    grammar
        .questions(clip)
        .forEach(
            question -> question.phrasings().forEach(text -> answers.put(text, question.answer())));
    return answers;
  }

  private static List<Actor> seen(StreetClip clip) {
    List<Actor> seen = new ArrayList<>();
    for (Actor actor : clip.actors()) {
      int frames = 0;
      for (int second = 0; second < 8; second++) {
        frames += share(actor, second) >= 0.6 ? 1 : 0;
      }
      if (frames >= 3) {
        seen.add(actor);
      }
    }
    return seen;
  }

  private static double share(Actor actor, int second) {
    double middle = actor.start() + second * actor.speed();
    double left = middle - actor.width() / 2;
    double right = middle + actor.width() / 2;
    return Math.max(0, Math.min(96, right) - Math.max(0, left)) / (right - left);
  }

  private static String low(Enum<?> value) {
    return Objects.requireNonNull(value).name().toLowerCase(Locale.ROOT);
  }
}
