package dev.flamingo.training.benchmark;

import dev.flamingo.training.frame.Medium;
import dev.flamingo.training.metric.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * MSVD-QA and MSRVTT-QA: a question with one answer about a numbered video. Where there is a {@code
 * youtube_mapping.txt}, it maps numbers to files.
 */
final class VideoQaForm implements BenchmarkForm {

  private static final String MAPPING = "youtube_mapping.txt";

  private final String prefix;
  private final String[] folders;

  /**
   * Makes a form.
   *
   * @param prefix what the names of numbered videos begin with
   * @param folders where videos are looked for
   */
  VideoQaForm(String prefix, String... folders) {
    this.prefix = prefix;
    this.folders = folders.clone();
  }

  @Override
  public List<BenchmarkItem> read(BenchmarkFolder data, Split split) throws IOException {
    Map<String, String> names = new HashMap<>();
    if (data.has(MAPPING)) {
      for (String line : Files.readAllLines(data.path(MAPPING))) {
        int space = line.strip().lastIndexOf(' ');
        if (space > 0) {
          names.put(line.strip().substring(space + 1), line.strip().substring(0, space));
        }
      }
    }
    List<BenchmarkItem> items = new ArrayList<>();
    for (JsonRecord one :
        data.json(split == Split.QUERY ? "test_qa.json" : "train_qa.json").list()) {
      String number = prefix + one.text("video_id");
      String answer = one.text("answer");
      items.add(
          BenchmarkItem.question(
              one.text("id"),
              Medium.of(data.video(names.getOrDefault(number, number), folders)),
              one.text("question"),
              answer,
              List.of(new Reference(answer, ""))));
    }
    return items;
  }
}
