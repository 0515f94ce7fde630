package dev.flamingo.training.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flamingo.training.frame.Medium;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** YouCook2: one caption for each step of a recipe, a part of a long video. */
final class YouCookForm implements BenchmarkForm {

  @Override
  public List<BenchmarkItem> read(BenchmarkFolder data, Split split) throws IOException {
    String subset = split == Split.QUERY ? "validation" : "training";
    JsonRecord database = data.json("youcookii_annotations_trainval.json").get("database");
    List<BenchmarkItem> items = new ArrayList<>();
    for (Map.Entry<String, JsonNode> video : database.json().properties()) {
      String id = video.getKey();
      JsonRecord one = database.get(id);
      if (one.text("subset").equals(subset)) {
        String recipe = "raw_videos/%s/%s".formatted(subset, one.text("recipe_type"));
        for (JsonRecord step : one.get("annotations").list()) {
          JsonRecord segment = step.get("segment");
          Medium medium =
              new Medium(
                  data.video(id, recipe, "videos"), segment.at(0).number(), segment.at(1).number());
          items.add(
              BenchmarkItem.caption(
                  id + "-" + step.text("id"), medium, List.of(step.text("sentence"))));
        }
      }
    }
    return items;
  }
}
