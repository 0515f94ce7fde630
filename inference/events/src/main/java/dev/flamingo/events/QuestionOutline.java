package dev.flamingo.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * As much of a refused question as can be read, so that its answer reaches who asked. A field that
 * is no text within its limit is null.
 *
 * @param isObject whether the value is a JSON object to its end
 * @param id 1 to 200 characters
 * @param stream at most 200 characters
 * @param text at most 1,000 characters, the rest cut off
 */
public record QuestionOutline(
    boolean isObject, @Nullable String id, @Nullable String stream, @Nullable String text) {

  private static final QuestionOutline NONE = new QuestionOutline(false, null, null, null);
  private static final Set<String> FIELDS = Set.of("id", "stream", "text");

  // Deeper and longer than an event may be, and still bounded.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(10_000)
                  .maxStringLength(2 << 20)
                  .build())
          .build();

  /** Reads a value up to its first fault. */
  public static QuestionOutline of(byte @Nullable [] value) {
    if (value == null) {
      return NONE;
    }
    Map<String, String> fields = new HashMap<>();
    boolean isObject = false;
    try (JsonParser parser = JSON.createParser(value)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        isObject = readTo(parser, fields);
      }
    } catch (IOException e) {
      // What was read before the fault counts.
    }
    String id = fields.get("id");
    return new QuestionOutline(
        isObject,
        id == null || id.isBlank() || id.length() > Question.LONGEST_ID ? null : id,
        cut(fields.get("stream"), Question.LONGEST_ID),
        cut(fields.get("text"), Question.LONGEST_TEXT));
  }

  private static boolean readTo(JsonParser parser, Map<String, String> fields) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (FIELDS.contains(name) && token == JsonToken.VALUE_STRING) {
        fields.put(name, parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    return parser.currentToken() == JsonToken.END_OBJECT;
  }

  private static @Nullable String cut(@Nullable String text, int most) {
    if (text == null || text.isBlank()) {
      return null;
    }
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }
}
