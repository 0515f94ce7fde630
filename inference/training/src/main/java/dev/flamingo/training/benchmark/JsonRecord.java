package dev.flamingo.training.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A value in a JSON file; errors name its place in the file.
 *
 * @param place the file and the way into it
 * @param json what is there
 */
record JsonRecord(String place, JsonNode json) {

  JsonRecord get(String field) throws IOException {
    JsonNode value = json.get(field);
    if (value == null || value.isNull()) {
      throw new IOException("%s has no %s: fetch it again".formatted(place, field));
    }
    return new JsonRecord(place + " " + field, value);
  }

  boolean has(String field) {
    return json.hasNonNull(field);
  }

  /** Returns the elements of a list. */
  List<JsonRecord> list() throws IOException {
    if (!json.isArray()) {
      throw new IOException("%s is no list: fetch it again".formatted(place));
    }
    List<JsonRecord> list = new ArrayList<>();
    for (JsonNode element : json) {
      list.add(new JsonRecord("%s[%d]".formatted(place, list.size()), element));
    }
    return list;
  }

  /** Returns the element of a list. */
  JsonRecord at(int index) throws IOException {
    JsonNode element = json.get(index);
    if (element == null) {
      throw new IOException("%s has no element %d: fetch it again".formatted(place, index));
    }
    return new JsonRecord("%s[%d]".formatted(place, index), element);
  }

  /** Returns a text; a number is written out. */
  String text(String field) throws IOException {
    JsonRecord value = get(field);
    if (!value.json.isValueNode()) {
      throw new IOException("%s is no text: fetch it again".formatted(value.place));
    }
    return value.json.asText();
  }

  double number(String field) throws IOException {
    return get(field).number();
  }

  double number() throws IOException {
    double number = json.isTextual() ? json.asDouble(Double.NaN) : json.doubleValue();
    if (Double.isNaN(number) || !json.isValueNode()) {
      throw new IOException("%s is no number: fetch it again".formatted(place));
    }
    return number;
  }

  /** Returns a list of texts. */
  List<String> texts(String field) throws IOException {
    List<String> texts = new ArrayList<>();
    for (JsonRecord element : get(field).list()) {
      texts.add(element.json.asText());
    }
    if (texts.isEmpty()) {
      throw new IOException("%s %s is empty: fetch it again".formatted(place, field));
    }
    return texts;
  }
}
