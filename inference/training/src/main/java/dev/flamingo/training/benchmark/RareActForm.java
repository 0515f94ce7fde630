package dev.flamingo.training.benchmark;

import dev.flamingo.model.serving.Cue;
import dev.flamingo.training.frame.Medium;
import dev.flamingo.training.metric.MeanWeightedPrecision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * RareAct: parts of videos and what they are to an action. A part that shows its action is ranked
 * for all actions, another for its own. There is nothing to learn from. An action is worded as in
 * the paper: {@code a person cuts a laptop}.
 */
final class RareActForm implements BenchmarkForm {

  private static final Cue CUE = new Cue("Caption:");
  private static final double NEGATIVE = 0;
  private static final double POSITIVE = 1;
  private static final double HALF = 2;

  private record Action(String verb, String noun) {
    private String text() {
      return "a person %s %s".formatted(thirdPerson(), withArticle());
    }

    private String thirdPerson() {
      return verb + (verb.matches(".*(s|x|z|ch|sh|o)") ? "es" : "s");
    }

    private String withArticle() {
      if (noun.matches(".*[^s]s")) {
        return noun;
      }
      return (noun.matches("[aeiou].*") ? "an " : "a ") + noun;
    }

    private double kindFor(Action shown) {
      if (equals(shown)) {
        return POSITIVE;
      }
      return verb.equals(shown.verb) || noun.equals(shown.noun) ? HALF : NEGATIVE;
    }
  }

  @Override
  public List<BenchmarkItem> read(BenchmarkFolder data, Split split) throws IOException {
    if (split == Split.SUPPORT) {
      return List.of();
    }
    List<CsvRecord> rows = data.csv("rareact.csv");
    Set<Action> actions = new LinkedHashSet<>();
    for (CsvRecord row : rows) {
      actions.add(action(row));
    }
    List<BenchmarkItem> items = new ArrayList<>();
    for (CsvRecord row : rows) {
      Action shown = action(row);
      double label = row.number("annotation");
      if (MeanWeightedPrecision.Kind.ofLabel(label).isEmpty()) {
        throw new IOException(
            "%s has the annotation %s, which is not 0 to 4: fetch it again"
                .formatted(row.place(), row.text("annotation")));
      }
      List<Candidate> candidates =
          label == POSITIVE
              ? actions.stream()
                  .map(action -> new Candidate(action.text(), action.kindFor(shown)))
                  .toList()
              : List.of(new Candidate(shown.text(), label));
      String video = row.text("video_id");
      items.add(
          BenchmarkItem.choice(
              row.text("id"),
              new Medium(
                  data.video(video, "rareact", "videos"), row.number("start"), row.number("end")),
              CUE,
              candidates));
    }
    return items;
  }

  private static Action action(CsvRecord row) throws IOException {
    return new Action(row.text("verb"), row.text("noun"));
  }
}
