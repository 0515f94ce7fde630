package dev.flamingo.training.metric;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of a file of predictions.
 *
 * @param number its number, from 1
 * @param json its content
 */
record ScoreLine(int number, JsonNode json) {

  /** Returns its id as text. */
  String id() {
    return json.path("id").asText();
  }

  /** Returns a predicted text and its references. */
  Prediction text() throws IOException {
    List<Reference> references = new ArrayList<>();
    for (JsonNode reference : references()) {
      references.add(reference(reference, references.size()));
    }
    return new Prediction(string("prediction"), references);
  }

  /** Returns a score beside its label. */
  Judged judged() throws IOException {
    double label = number(references().get(0), "reference");
    if (label != 0 && label != 1) {
      throw wrong("has the reference %s: give 0 or 1".formatted(references().get(0)));
    }
    return new Judged(number(field("prediction"), "prediction"), label == 1);
  }

  /** Returns the scores of all candidates. */
  List<Double> scores() throws IOException {
    return numbers("prediction");
  }

  /** Returns the relevance of all candidates. */
  List<Double> relevance() throws IOException {
    return numbers("references");
  }

  /** Returns a clip's score for an action. */
  MeanWeightedPrecision.Clip clip() throws IOException {
    JsonNode label = references().get(0);
    return new MeanWeightedPrecision.Clip(
        string("action"),
        string("video"),
        number(field("prediction"), "prediction"),
        MeanWeightedPrecision.Kind.ofLabel(number(label, "reference"))
            .orElseThrow(() -> wrong("has the reference %s: give 0 to 4".formatted(label))));
  }

  /** Checks what every line has. */
  void check() throws IOException {
    if (!json.isObject()) {
      throw wrong("is no JSON object: write {\"id\":..,\"prediction\":..,\"references\":[..]}");
    }
    JsonNode id = field("id");
    if (!id.isTextual() && !id.isNumber()) {
      throw wrong("has the id %s: give a text or a number".formatted(id));
    }
    references();
  }

  /** Returns what is wrong with this line. */
  IOException wrong(String what) {
    return new IOException("line %d %s".formatted(number, what));
  }

  private JsonNode field(String name) throws IOException {
    JsonNode value = json.get(name);
    if (value == null || value.isNull()) {
      throw wrong("has no %s: give one".formatted(name));
    }
    return value;
  }

  private JsonNode references() throws IOException {
    JsonNode references = field("references");
    if (!references.isArray() || references.isEmpty()) {
      throw wrong("has the references %s: give a list of at least one".formatted(references));
    }
    return references;
  }

  private String string(String name) throws IOException {
    JsonNode value = field(name);
    if (!value.isTextual()) {
      throw wrong("has the %s %s: give a text".formatted(name, value));
    }
    return value.textValue();
  }

  private List<Double> numbers(String name) throws IOException {
    JsonNode list = field(name);
    if (!list.isArray()) {
      throw wrong("has the %s %s: give a list of numbers".formatted(name, list));
    }
    List<Double> numbers = new ArrayList<>();
    for (JsonNode value : list) {
      numbers.add(number(value, name));
    }
    return numbers;
  }

  private double number(JsonNode value, String name) throws IOException {
    try {
      double number = Double.parseDouble(value.asText());
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below.
    }
    throw wrong("has the %s %s: give a number".formatted(name, value));
  }

  private Reference reference(JsonNode reference, int index) throws IOException {
    return new JsonReference()
        .read(reference, index)
        .orElseThrow(
            () ->
                wrong(
                    "has the reference %s: give a text, or an object with an answer"
                        .formatted(reference)));
  }
}
