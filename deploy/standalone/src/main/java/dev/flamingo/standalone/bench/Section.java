package dev.flamingo.standalone.bench;

/** One thing that is measured. */
public interface Section {

  /** Returns the name by which it is chosen, one lower-case word. */
  String name();

  /** Returns what it measures, in a few words. */
  String title();

  /**
   * Measures.
   *
   * @throws Exception if something that it needs is missing or fails; one sentence
   */
  SectionResult run(BenchSettings settings) throws Exception;
}
