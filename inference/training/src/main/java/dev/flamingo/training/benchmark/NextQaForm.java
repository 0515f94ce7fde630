package dev.flamingo.training.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.flamingo.training.metric.Prediction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** NExT-QA with open answers: a table of questions, some with a second answer in another file. */
final class NextQaForm implements BenchmarkForm {

  /** Counts and answers of yes or no: there words that are merely alike are wrong. */
  private static final Set<String> EXACT = Set.of("DB", "DC");

  private static final String MAPPING = "map_vid_vidorID.json";
  private static final String MORE = "add_reference_answer_test.json";

  @Override
  public List<BenchmarkItem> read(BenchmarkFolder data, Split split) throws IOException {
    JsonRecord mapping = optional(data, MAPPING);
    JsonRecord more = optional(data, MORE);
    List<BenchmarkItem> items = new ArrayList<>();
    for (CsvRecord row : data.csv(split == Split.QUERY ? "test.csv" : "train.csv")) {
      String video = row.text("video");
      String question = row.text("qid");
      List<String> answers = new ArrayList<>(List.of(row.text("answer")));
      if (split == Split.QUERY && more.has(video) && more.get(video).has(question)) {
        answers.add(more.get(video).text(question));
      }
      String file = mapping.has(video) ? mapping.text(video) : video;
      BenchmarkItem item =
          BenchmarkItem.question(
              video + "-" + question,
              Medium.of(data.medium(file, "NExTVideo", "videos")),
              row.text("question"),
              answers.get(0),
              Prediction.of("", answers).references());
      items.add(EXACT.contains(row.text("type")) ? item.exactly() : item);
    }
    return items;
  }

  private static JsonRecord optional(BenchmarkFolder data, String name) throws IOException {
    return data.has(name)
        ? data.json(name)
        : new JsonRecord(name, JsonNodeFactory.instance.objectNode());
  }
}
