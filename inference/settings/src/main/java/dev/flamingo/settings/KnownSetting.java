package dev.flamingo.settings;

import java.util.Optional;

/**
 * A setting as people see it.
 *
 * @param key its key; ends with {@code .*} where it stands for all keys below
 * @param type what values look like, in a few words
 * @param usual the default; empty where there is none
 * @param description what it sets
 * @param secret whether its value is never shown
 * @param value what is in force; a secret is redacted
 * @param given what the user gave; empty where the default is in force
 */
public record KnownSetting(
    String key,
    String type,
    String usual,
    String description,
    boolean secret,
    String value,
    Optional<Given> given) {

  /** What stands in place of a secret. */
  public static final String REDACTED = "(secret)";

  /** Returns where the value comes from, in a word. */
  public String origin() {
    return given.map(Given::origin).orElse("default");
  }
}
