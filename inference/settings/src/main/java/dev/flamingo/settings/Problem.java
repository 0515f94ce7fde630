package dev.flamingo.settings;

/**
 * Something that is wrong with the settings.
 *
 * @param place where in a file, as {@code file:line}; empty for variables and flags
 * @param sentence what is wrong, with the name, the value unless it is a secret, and what to do
 */
public record Problem(String place, String sentence) {
  @Override
  public String toString() {
    return place.isEmpty() ? sentence : place + ": " + sentence;
  }
}
