package dev.flamingo.training.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A table of values between commas, where quotes hold commas, lines and doubled quotes. */
final class CsvTable {

  private final String name;
  private final String text;
  private int at;

  CsvTable(String name, String text) {
    this.name = name;
    this.text = text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  /** Returns all rows but the first, which names the columns. */
  List<CsvRecord> records() throws IOException {
    at = 0;
    List<String> names = row();
    List<CsvRecord> records = new ArrayList<>();
    while (at < text.length()) {
      List<String> values = row();
      String place = "%s row %d".formatted(name, records.size() + 1);
      if (values.size() == 1 && values.get(0).isEmpty()) {
        continue;
      }
      if (values.size() != names.size()) {
        throw new IOException(
            "%s has %d values under %d names: fetch it again"
                .formatted(place, values.size(), names.size()));
      }
      Map<String, String> fields = new HashMap<>();
      for (int i = 0; i < values.size(); i++) {
        fields.put(names.get(i), values.get(i));
      }
      records.add(new CsvRecord(place, fields));
    }
    return records;
  }

  private List<String> row() {
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (quoted) {
        if (next != '"') {
          value.append(next);
        } else if (at < text.length() && text.charAt(at) == '"') {
          value.append('"');
          at++;
        } else {
          quoted = false;
        }
      } else if (next == '"') {
        quoted = true;
      } else if (next == ',') {
        values.add(value.toString());
        value.setLength(0);
      } else if (next == '\n') {
        break;
      } else if (next != '\r') {
        value.append(next);
      }
    }
    values.add(value.toString());
    return values;
  }
}
