package dev.flamingo.training.benchmark;

import dev.flamingo.training.frame.Medium;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** VATEX: ten English captions a clip; clips are files of their own. */
final class VatexForm implements BenchmarkForm {

  @Override
  public List<BenchmarkItem> read(BenchmarkFolder data, Split split) throws IOException {
    String file =
        split == Split.QUERY ? "vatex_public_test_english_v1.1.json" : "vatex_training_v1.0.json";
    List<BenchmarkItem> items = new ArrayList<>();
    for (JsonRecord one : data.json(file).list()) {
      String id = one.text("videoID");
      items.add(BenchmarkItem.caption(id, Medium.of(data.video(id, "videos")), one.texts("enCap")));
    }
    return items;
  }
}
