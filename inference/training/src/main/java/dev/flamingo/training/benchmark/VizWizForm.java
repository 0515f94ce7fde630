package dev.flamingo.training.benchmark;

import dev.flamingo.training.frame.Medium;
import dev.flamingo.training.metric.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** VizWiz: one list of pictures with a question and ten answers each. */
final class VizWizForm implements BenchmarkForm {

  @Override
  public List<BenchmarkItem> read(BenchmarkFolder data, Split split) throws IOException {
    String part = split == Split.QUERY ? "val" : "train";
    String file = data.has(part + ".json") ? part + ".json" : "Annotations/" + part + ".json";
    List<BenchmarkItem> items = new ArrayList<>();
    for (JsonRecord one : data.json(file).list()) {
      String picture = one.text("image");
      List<Reference> references = VqaForm.answers(one.get("answers"));
      items.add(
          BenchmarkItem.question(
              picture,
              Medium.of(data.path(part + "/" + picture)),
              one.text("question"),
              VqaForm.mostFrequent(references),
              references));
    }
    return items;
  }
}
