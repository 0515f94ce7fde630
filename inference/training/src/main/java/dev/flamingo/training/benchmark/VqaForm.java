package dev.flamingo.training.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flamingo.training.frame.Medium;
import dev.flamingo.training.metric.JsonReference;
import dev.flamingo.training.metric.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** VQAv2 and OKVQA: questions and annotations in files of their own, pictures of COCO. */
final class VqaForm implements BenchmarkForm {

  private final String prefix;

  /**
   * Makes a form.
   *
   * @param prefix what file names begin with: {@code v2_} for VQAv2
   */
  VqaForm(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public List<BenchmarkItem> read(BenchmarkFolder data, Split split) throws IOException {
    String part = split == Split.QUERY ? "val2014" : "train2014";
    Map<String, String> questions = new HashMap<>();
    for (JsonRecord question :
        data.json(prefix + "OpenEnded_mscoco_" + part + "_questions.json")
            .get("questions")
            .list()) {
      questions.put(question.text("question_id"), question.text("question"));
    }
    List<BenchmarkItem> items = new ArrayList<>();
    for (JsonRecord annotation :
        data.json(prefix + "mscoco_" + part + "_annotations.json").get("annotations").list()) {
      String id = annotation.text("question_id");
      String question = questions.get(id);
      if (question == null) {
        throw new IOException(
            "%s is about question %s, which is not there: fetch both files again"
                .formatted(annotation.place(), id));
      }
      String picture =
          String.format(Locale.ROOT, "COCO_%s_%012d", part, (long) annotation.number("image_id"));
      List<Reference> references = answers(annotation.get("answers"));
      items.add(
          BenchmarkItem.question(
              id,
              Medium.of(data.picture(picture, part)),
              question,
              mostFrequent(references),
              references));
    }
    return items;
  }

  /** Reads what people answered. */
  static List<Reference> answers(JsonRecord list) throws IOException {
    List<Reference> references = new ArrayList<>();
    for (JsonRecord answer : list.list()) {
      JsonNode json = answer.json();
      references.add(
          new JsonReference()
              .read(json, references.size())
              .orElseThrow(
                  () -> new IOException(answer.place() + " is no answer: fetch it again")));
    }
    if (references.isEmpty()) {
      throw new IOException("%s is empty: fetch it again".formatted(list.place()));
    }
    return references;
  }

  /** Returns what most people answered, of equals the first. */
  static String mostFrequent(List<Reference> references) {
    String best = "";
    long most = 0;
    for (Reference one : references) {
      long count = references.stream().filter(other -> other.text().equals(one.text())).count();
      if (count > most) {
        most = count;
        best = one.text();
      }
    }
    return best;
  }
}
