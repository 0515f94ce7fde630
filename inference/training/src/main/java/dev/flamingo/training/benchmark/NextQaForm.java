package dev.flamingo.training.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.flamingo.model.serving.Cue;
import dev.flamingo.training.frame.Medium;
import dev.flamingo.training.metric.Prediction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * NExT-QA. With open answers it is a table of questions, some with a second answer in another file;
 * with choices, a table that holds five of them and the number of the right one.
 */
final class NextQaForm implements BenchmarkForm {

  /** Counts and answers of yes or no: there words that are merely alike are wrong. */
  private static final Set<String> EXACT = Set.of("DB", "DC");

  private static final String MAPPING = "map_vid_vidorID.json";
  private static final String MORE = "add_reference_answer_test.json";
  private static final String FIRST_CHOICE = "a0";
  private static final int CHOICES = 5;

  private final boolean choices;

  /**
   * Makes a form.
   *
   * @param choices whether there are answers to choose from
   */
  NextQaForm(boolean choices) {
    this.choices = choices;
  }

  @Override
  public List<BenchmarkItem> read(BenchmarkFolder data, Split split) throws IOException {
    JsonRecord mapping = optional(data, MAPPING);
    JsonRecord more = split == Split.QUERY ? optional(data, MORE) : nothing(MORE);
    List<BenchmarkItem> items = new ArrayList<>();
    for (CsvRecord row : data.csv(split == Split.QUERY ? "test.csv" : "train.csv")) {
      String video = row.text("video");
      String file = mapping.has(video) ? mapping.text(video) : video;
      Path path = data.video(file, "NExTVideo", "videos");
      items.add(choices ? choice(row, Medium.of(path)) : open(row, Medium.of(path), more));
    }
    return items;
  }

  private static BenchmarkItem open(CsvRecord row, Medium medium, JsonRecord more)
      throws IOException {
    if (row.has(FIRST_CHOICE)) {
      throw new IOException(
          "%s has choices: take nextqa-mc, or fetch the files of open answers"
              .formatted(row.place()));
    }
    List<String> answers = new ArrayList<>(List.of(row.text("answer")));
    String video = row.text("video");
    if (more.has(video) && more.get(video).has(row.text("qid"))) {
      answers.add(more.get(video).text(row.text("qid")));
    }
    BenchmarkItem item =
        BenchmarkItem.question(
            id(row),
            medium,
            row.text("question"),
            answers.get(0),
            Prediction.of("", answers).references());
    return EXACT.contains(row.text("type")) ? item.exactly() : item;
  }

  private static BenchmarkItem choice(CsvRecord row, Medium medium) throws IOException {
    double right = row.number("answer");
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < CHOICES; i++) {
      candidates.add(new Candidate(row.text("a" + i), i == right ? 1 : 0));
    }
    if (candidates.stream().noneMatch(candidate -> candidate.truth() == 1)) {
      throw new IOException(
          "%s has the answer '%s', which is no choice: fetch it again"
              .formatted(row.place(), row.text("answer")));
    }
    return BenchmarkItem.choice(id(row), medium, Cue.question(row.text("question")), candidates);
  }

  private static String id(CsvRecord row) throws IOException {
    return row.text("video") + "-" + row.text("qid");
  }

  private static JsonRecord optional(BenchmarkFolder data, String name) throws IOException {
    return data.has(name) ? data.json(name) : nothing(name);
  }

  private static JsonRecord nothing(String name) {
    return new JsonRecord(name, JsonNodeFactory.instance.objectNode());
  }
}
