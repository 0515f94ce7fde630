package dev.flamingo.standalone.bench;

import java.util.List;

/**
 * What a section found.
 *
 * @param rows records of one type, whose components are the columns of the table and the fields of
 *     the JSON
 * @param notes sentences that belong to the figures: what limited them, what was not there
 */
public record SectionResult(List<? extends Record> rows, List<String> notes) {

  /** Copies the lists. */
  public SectionResult {
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }
}
