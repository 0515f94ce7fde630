package dev.flamingo.settings;

/**
 * A value that a user gave for a key.
 *
 * @param key the key, in dotted lower case
 * @param name what the user wrote: the key, a variable or a flag
 * @param value the text
 * @param place where it stands in a file, as {@code file:line}; empty for variables and flags
 */
public record Given(String key, String name, String value, String place) {

  /** Returns where it comes from, in a word: {@code file:line}, the variable or the flag. */
  public String origin() {
    return place.isEmpty() ? name : place;
  }

  /** Returns a problem of this value. */
  Problem problem(String sentence) {
    return new Problem(place, sentence);
  }

  /** Never shows the value, which may be a secret. */
  @Override
  public String toString() {
    return name + " of " + origin();
  }
}
