package dev.flamingo.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The one rule for instants in events and parameters: ISO-8601 with a zone, in the years 1970 to
 * 9999. Instants of {@code java.time} reach further than milliseconds in a {@code long} do, so what
 * is not bounded here overflows wherever it is converted.
 */
public final class EventInstant {

  /** The earliest. */
  public static final Instant FIRST = Instant.EPOCH;

  /** The latest. */
  public static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private EventInstant() {}

  /**
   * Reads an instant.
   *
   * @param name what it is, the beginning of the sentence about a wrong one: {@code field at}
   * @throws IllegalArgumentException if it is none, has no zone or is out of range
   */
  public static Instant parse(String name, String text) {
    Instant instant;
    try {
      instant = Instant.parse(text.strip());
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          hasNoZone(text)
              ? name + " has no zone: end it with Z or with an offset such as +02:00"
              : name + " is no instant: give one such as 2026-05-01T12:00:00Z",
          e);
    }
    return within(name, instant);
  }

  /**
   * Returns the instant.
   *
   * @param name what it is, the beginning of the sentence about a wrong one
   * @throws IllegalArgumentException if it is out of range
   */
  static Instant within(String name, Instant instant) {
    if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
      throw new IllegalArgumentException(
          "%s is %s: give an instant of the years 1970 to 9999".formatted(name, instant));
    }
    return instant;
  }

  private static boolean hasNoZone(String text) {
    try {
      var unused = LocalDateTime.parse(text.strip());
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /** Reads the instants of JSON events. */
  static final class Deserializer extends StdScalarDeserializer<Instant> {

    private static final long serialVersionUID = 1;

    Deserializer() {
      super(Instant.class);
    }

    @Override
    public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String name = "field " + parser.currentName();
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        try {
          return parse(name, parser.getText());
        } catch (IllegalArgumentException e) {
          throw JsonMappingException.from(parser, e.getMessage(), e);
        }
      }
      if (parser.currentToken().isNumeric()) {
        String sentence =
            name + " is a number: give an instant as text, such as \"2026-05-01T12:00:00Z\"";
        throw JsonMappingException.from(parser, sentence, new IllegalArgumentException(sentence));
      }
      return (Instant) context.handleUnexpectedToken(Instant.class, parser);
    }
  }
}
