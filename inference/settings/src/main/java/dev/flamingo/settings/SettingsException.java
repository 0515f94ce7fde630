package dev.flamingo.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot be used. Its message has a line for each problem. */
public final class SettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /** Collects problems; at least one. */
  public SettingsException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Returns the problems in the order of the settings that have them. */
  public List<Problem> problems() {
    return problems;
  }
}
