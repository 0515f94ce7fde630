package dev.flamingo.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The name of a stream.
 *
 * @param value 1 to 63 of {@code a-z 0-9 . _ -}, the first a letter or digit
 */
public record StreamId(@JsonValue String value) {

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if it is another
   */
  @JsonCreator
  public StreamId {
    if (value == null || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "stream id '%s' is not of the form [a-z0-9][a-z0-9._-]{0,62}: choose another name"
              .formatted(shortened(value)));
    }
  }

  private static String shortened(String value) {
    return value != null && value.length() > 80 ? value.substring(0, 80) + "..." : value;
  }

  @Override
  public String toString() {
    return value;
  }
}
