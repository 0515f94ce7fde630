package dev.flamingo.training.metric;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads one reference from JSON: a text, or an object with an {@code answer}. */
public final class JsonReference {

  private static final String ANSWER = "answer";

  /**
   * Reads one reference. Of a text the person is its place among the references; of an object all
   * its other fields.
   *
   * @return nothing if it is neither
   */
  public Optional<Reference> read(JsonNode json, int index) {
    if (json.isTextual()) {
      return Optional.of(new Reference(json.textValue(), Integer.toString(index)));
    }
    JsonNode answer = json.get(ANSWER);
    if (answer == null || !answer.isTextual()) {
      return Optional.empty();
    }
    Map<String, String> rest = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (!field.getKey().equals(ANSWER)) {
        rest.put(field.getKey(), field.getValue().toString());
      }
    }
    return Optional.of(new Reference(answer.textValue(), rest.toString()));
  }
}
