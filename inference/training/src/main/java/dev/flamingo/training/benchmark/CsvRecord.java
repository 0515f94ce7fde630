package dev.flamingo.training.benchmark;

import java.io.IOException;
import java.util.Map;

/**
 * A row of a table.
 *
 * @param place the file and the row
 * @param fields its values by column name
 */
record CsvRecord(String place, Map<String, String> fields) {

  boolean has(String name) {
    return fields.containsKey(name);
  }

  String text(String name) throws IOException {
    String value = fields.get(name);
    if (value == null) {
      throw new IOException("%s has no column %s: fetch it again".formatted(place, name));
    }
    return value;
  }

  double number(String name) throws IOException {
    try {
      return Double.parseDouble(text(name));
    } catch (NumberFormatException e) {
      throw new IOException(
          "%s has '%s' for the number %s: fetch it again".formatted(place, text(name), name), e);
    }
  }
}
