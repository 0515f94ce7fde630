package dev.flamingo.training.benchmark;

import dev.flamingo.training.frame.Medium;
import dev.flamingo.training.metric.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** TextVQA: questions with ten answers; both parts have their pictures in one folder. */
final class TextVqaForm implements BenchmarkForm {

  @Override
  public List<BenchmarkItem> read(BenchmarkFolder data, Split split) throws IOException {
    String part = split == Split.QUERY ? "val" : "train";
    List<BenchmarkItem> items = new ArrayList<>();
    for (JsonRecord one : data.json("TextVQA_0.5.1_" + part + ".json").get("data").list()) {
      List<Reference> references = VqaForm.answers(one.get("answers"));
      items.add(
          BenchmarkItem.question(
              one.text("question_id"),
              Medium.of(data.picture(one.text("image_id"), "train_images")),
              one.text("question"),
              VqaForm.mostFrequent(references),
              references));
    }
    return items;
  }
}
