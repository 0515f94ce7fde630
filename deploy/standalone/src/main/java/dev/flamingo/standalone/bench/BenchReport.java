package dev.flamingo.standalone.bench;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that was measured in one run.
 *
 * @param date when it began
 * @param machine where
 * @param model name and hash of the model
 * @param weights how its language model keeps its weights where a section does not say otherwise
 * @param quick whether the figures only show that everything works
 * @param sections the results by the sections' names, in the order in which they were measured
 */
public record BenchReport(
    Instant date,
    Machine machine,
    String model,
    String weights,
    boolean quick,
    Map<String, SectionResult> sections) {

  /** Copies the results. */
  public BenchReport {
    sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
  }

  /** Returns the same with these results. */
  public BenchReport with(Map<String, SectionResult> results) {
    return new BenchReport(date, machine, model, weights, quick, results);
  }
}
