package dev.flamingo.standalone.bench;

import java.util.List;
import java.util.stream.Stream;

/** All sections. */
public final class Bench {

  private Bench() {}

  /** Returns the sections that are measured where none is named. */
  public static List<Section> usual() {
    return List.of(
        new EncodeSection(),
        new AskSection(),
        new DecodeSection(),
        new SampleSection(),
        new FanoutSection(),
        new StreamsSection());
  }

  /** Returns every section, in the order in which they are measured. */
  public static List<Section> all() {
    return Stream.concat(usual().stream(), Stream.of(new SoakSection(), new WeightsSection()))
        .toList();
  }

  /**
   * Returns the section of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Section named(String name) {
    return all().stream()
        .filter(section -> section.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no section '%s': choose among %s".formatted(name, names())));
  }

  /** Returns the names of all sections. */
  public static List<String> names() {
    return all().stream().map(Section::name).toList();
  }
}
