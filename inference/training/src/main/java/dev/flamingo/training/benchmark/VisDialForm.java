package dev.flamingo.training.benchmark;

import dev.flamingo.model.serving.Cue;
import dev.flamingo.training.frame.Medium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * VisDial: a caption and a dialogue about a picture, a hundred answers to rank in one of its rounds
 * by how many people found them right. Examples are whole dialogues.
 */
final class VisDialForm implements BenchmarkForm {

  private record Dense(int round, List<Double> relevance) {}

  @Override
  public List<BenchmarkItem> read(BenchmarkFolder data, Split split) throws IOException {
    boolean query = split == Split.QUERY;
    JsonRecord all = data.json(query ? "visdial_1.0_val.json" : "visdial_1.0_train.json");
    JsonRecord texts = all.get("data");
    JsonRecord questions = texts.get("questions");
    JsonRecord answers = texts.get("answers");
    Map<String, Dense> dense = query ? dense(data) : Map.of();
    List<BenchmarkItem> items = new ArrayList<>();
    for (JsonRecord dialog : texts.get("dialogs").list()) {
      String image = dialog.text("image_id");
      List<JsonRecord> rounds = dialog.get("dialog").list();
      Dense judged = dense.get(image);
      int asked = judged == null ? rounds.size() - 1 : judged.round();
      if (asked < 0 || asked >= rounds.size()) {
        throw new IOException(
            "%s has no round %d: fetch it again".formatted(dialog.place(), asked + 1));
      }
      List<Cue.Turn> history = new ArrayList<>();
      for (JsonRecord round : rounds.subList(0, asked)) {
        history.add(new Cue.Turn(question(questions, round), answer(answers, round)));
      }
      Cue cue =
          Cue.dialogue(dialog.text("caption"), history, question(questions, rounds.get(asked)));
      Medium medium = Medium.of(picture(data, image));
      if (judged != null) {
        List<Candidate> candidates = candidates(rounds.get(asked), answers, judged.relevance());
        items.add(BenchmarkItem.choice(image, medium, cue, candidates));
      } else if (!query) {
        String answer = answer(answers, rounds.get(asked));
        items.add(BenchmarkItem.choice(image, medium, cue, List.of(new Candidate(answer, 1))));
      }
    }
    return items;
  }

  private static String question(JsonRecord questions, JsonRecord round) throws IOException {
    String question = questions.at((int) round.number("question")).json().asText();
    return question.endsWith("?") ? question : question + "?";
  }

  private static String answer(JsonRecord answers, JsonRecord round) throws IOException {
    return answers.at((int) round.number("answer")).json().asText();
  }

  private static List<Candidate> candidates(
      JsonRecord round, JsonRecord answers, List<Double> relevance) throws IOException {
    List<JsonRecord> options = round.get("answer_options").list();
    if (options.size() != relevance.size()) {
      throw new IOException(
          "%s has %d options and %d relevances: fetch both files again"
              .formatted(round.place(), options.size(), relevance.size()));
    }
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < options.size(); i++) {
      String text = answers.at((int) options.get(i).number()).json().asText();
      candidates.add(new Candidate(text, relevance.get(i)));
    }
    return candidates;
  }

  private static Map<String, Dense> dense(BenchmarkFolder data) throws IOException {
    Map<String, Dense> dense = new HashMap<>();
    for (JsonRecord one : data.json("visdial_1.0_val_dense_annotations.json").list()) {
      List<Double> relevance = new ArrayList<>();
      String field = one.has("gt_relevance") ? "gt_relevance" : "relevance";
      for (JsonRecord value : one.get(field).list()) {
        relevance.add(value.number());
      }
      // Rounds are counted from 1.
      dense.put(one.text("image_id"), new Dense((int) one.number("round_id") - 1, relevance));
    }
    return dense;
  }

  private static Path picture(BenchmarkFolder data, String image) throws IOException {
    String number = "0".repeat(Math.max(0, 12 - image.length())) + image;
    for (String part : List.of("train2014", "val2014")) {
      Path file = data.picture("COCO_%s_%s".formatted(part, number), part);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return data.picture("VisualDialog_val2018_" + number, "VisualDialog_val2018");
  }
}
