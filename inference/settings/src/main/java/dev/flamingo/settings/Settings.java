package dev.flamingo.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What users set, in layers: a properties file, over it the environment, over that flags. Services
 * keep their settings in records, and {@link #read} fills one: every component that is a {@link
 * Setting} can be set, under its own name. So what is read is what is known, and there is no list
 * of settings beside the records.
 *
 * <p>Problems are collected: {@link #check} reports all of them, those of keys that nothing read
 * included. Not safe for use by several threads.
 */
public final class Settings {

  // Of Kafka's properties, those that hold passwords, keys, certificates and what logs in.
  private static final Pattern SECRET =
      Pattern.compile(".*(password|secret|jaas|token|credential|certificate|\\.key$).*");

  private final List<Given> given;
  private final Map<String, Given> inForce = new LinkedHashMap<>();
  private final Map<String, KnownSetting> known = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> foreign = new ArrayList<>();

  private Settings(List<Layer> layers) {
    layers.forEach(layer -> problems.addAll(layer.problems()));
    given = layers.stream().flatMap(layer -> layer.values().stream()).toList();
    given.forEach(value -> inForce.put(value.key(), value));
  }

  /** Takes layers; what a later one gives wins. */
  public static Settings of(Layer... layers) {
    return new Settings(List.of(layers));
  }

  /**
   * Fills a record.
   *
   * @param key stands before the keys of its components; empty for none
   * @param usual what is taken where nothing is given
   * @return the record; {@code usual} where a problem was found, see {@link #check}
   */
  public <R extends Record> R read(String key, R usual) {
    return new RecordReader(this, "").read(key, usual);
  }

  /** Accepts keys and all below them: they are settings of another program that shares the file. */
  public void ignore(String... keys) {
    foreign.addAll(List.of(keys));
  }

  /** Adds a problem that only the program can see, such as that something is missing. */
  public void refuse(String sentence) {
    add(new Problem("", sentence));
  }

  /** Returns what was read, in this order. */
  public List<KnownSetting> known() {
    return List.copyOf(known.values());
  }

  /** Returns what a user gave for a key. */
  public Optional<Given> given(String key) {
    return Optional.ofNullable(inForce.get(key));
  }

  /** Returns what was given for the keys below one. */
  Stream<Given> givenBelow(String key) {
    return inForce.values().stream().filter(value -> value.key().startsWith(key + "."));
  }

  void know(KnownSetting setting) {
    known.put(setting.key(), setting);
  }

  void add(Problem problem) {
    problems.add(problem);
  }

  /** Returns whether a key that is known by its beginning alone holds a secret, by its name. */
  static boolean isSecret(String key) {
    return SECRET.matcher(key).matches();
  }

  /**
   * Checks that everything which was given is known and can be used.
   *
   * @throws SettingsException with all problems, if there is any
   */
  public void check() {
    List<Problem> all = new ArrayList<>(problems);
    given.stream().filter(value -> !isKnown(value)).map(this::unknown).forEach(all::add);
    if (!all.isEmpty()) {
      throw new SettingsException(
          all.stream()
              .sorted(Comparator.comparingInt(Settings::line))
              .map(problem -> new Problem(problem.place(), redacted(problem.sentence())))
              .toList());
    }
  }

  private boolean isKnown(Given value) {
    String key = value.key();
    return known.containsKey(key)
        || foreign.stream().anyMatch(other -> key.equals(other) || key.startsWith(other + "."))
        || known.keySet().stream()
            .anyMatch(it -> it.endsWith(".*") && key.startsWith(it.replace("*", "")));
  }

  private Problem unknown(Given value) {
    boolean variable = value.name().startsWith("FLAMINGO_");
    String remedy =
        Nearest.to(value.key(), known.keySet().stream().filter(it -> !it.endsWith(".*")).toList())
            .map(it -> "did you mean %s?".formatted(variable ? EnvironmentVariables.name(it) : it))
            .orElse("see flamingo config");
    return value.problem("%s is not a setting: %s".formatted(value.name(), remedy));
  }

  private static int line(Problem problem) {
    String place = problem.place();
    return place.isEmpty()
        ? Integer.MAX_VALUE
        : Integer.parseInt(place.substring(place.lastIndexOf(':') + 1));
  }

  /** What a library says about a value may repeat it. */
  private String redacted(String sentence) {
    String text = sentence;
    for (KnownSetting setting : known.values()) {
      if (setting.secret() && setting.given().isPresent()) {
        text = text.replace(setting.given().get().value(), KnownSetting.REDACTED);
      }
    }
    return text;
  }
}
