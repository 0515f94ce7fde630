package dev.flamingo.training.benchmark;

import dev.flamingo.model.serving.Cue;
import dev.flamingo.training.frame.Medium;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** HatefulMemes: pictures with the text that is written on them, hateful or not. */
final class HatefulMemesForm implements BenchmarkForm {

  @Override
  public List<BenchmarkItem> read(BenchmarkFolder data, Split split) throws IOException {
    List<BenchmarkItem> items = new ArrayList<>();
    for (JsonRecord one :
        data.jsonLines(split == Split.QUERY ? "test_seen.jsonl" : "train.jsonl")) {
      double label = one.number("label");
      items.add(
          BenchmarkItem.choice(
              one.text("id"),
              Medium.of(data.path(one.text("img"))),
              new Cue(
                  "is an image with written: \"%s\" on it. Is it hateful? Answer:"
                      .formatted(one.text("text"))),
              List.of(new Candidate("yes", label), new Candidate("no", 1 - label))));
    }
    return items;
  }
}
