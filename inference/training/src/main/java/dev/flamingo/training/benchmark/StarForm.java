package dev.flamingo.training.benchmark;

import dev.flamingo.model.serving.Cue;
import dev.flamingo.training.frame.Medium;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** STAR: questions about a part of a video with four answers to choose from. */
final class StarForm implements BenchmarkForm {

  @Override
  public List<BenchmarkItem> read(BenchmarkFolder data, Split split) throws IOException {
    List<BenchmarkItem> items = new ArrayList<>();
    for (JsonRecord one :
        data.json(split == Split.QUERY ? "STAR_val.json" : "STAR_train.json").list()) {
      String right = one.text("answer");
      List<Candidate> candidates = new ArrayList<>();
      for (JsonRecord choice : one.get("choices").list()) {
        String text = choice.text("choice");
        candidates.add(new Candidate(text, text.equals(right) ? 1 : 0));
      }
      if (candidates.stream().noneMatch(candidate -> candidate.truth() == 1)) {
        throw new IOException(
            "%s has the answer '%s', which is no choice: fetch it again"
                .formatted(one.place(), right));
      }
      items.add(
          BenchmarkItem.choice(
              one.text("question_id"),
              new Medium(
                  data.video(one.text("video_id"), "Charades_v1_480", "videos"),
                  one.number("start"),
                  one.number("end")),
              Cue.question(one.text("question")),
              candidates));
    }
    return items;
  }
}
