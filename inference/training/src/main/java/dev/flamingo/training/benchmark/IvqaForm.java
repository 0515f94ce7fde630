package dev.flamingo.training.benchmark;

import dev.flamingo.training.frame.Medium;
import dev.flamingo.training.metric.Prediction;
import dev.flamingo.training.metric.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** iVQA: a part of an instruction video with five people's answers. */
final class IvqaForm implements BenchmarkForm {

  private static final int PEOPLE = 5;

  @Override
  public List<BenchmarkItem> read(BenchmarkFolder data, Split split) throws IOException {
    List<BenchmarkItem> items = new ArrayList<>();
    for (CsvRecord row : data.csv(split == Split.QUERY ? "test.csv" : "train.csv")) {
      List<String> answers = new ArrayList<>();
      for (int i = 1; i <= PEOPLE; i++) {
        answers.add(row.text("answer" + i));
      }
      List<Reference> references = Prediction.of("", answers).references();
      String video = row.text("video_id");
      double from = row.number("start");
      items.add(
          BenchmarkItem.question(
              video + "-" + items.size(),
              new Medium(data.video(video, "videos"), from, row.number("end")),
              row.text("question"),
              VqaForm.mostFrequent(references),
              references));
    }
    return items;
  }
}
