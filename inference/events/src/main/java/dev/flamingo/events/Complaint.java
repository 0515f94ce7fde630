package dev.flamingo.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a text that is no event, in one sentence that repeats no value: a camera's
 * address may hold a password.
 */
final class Complaint {

  private Complaint() {}

  /**
   * Returns the sentence.
   *
   * @param what what the text should have been
   */
  static String of(String what, IOException error) {
    return "the value is no %s: %s".formatted(what, reason(error));
  }

  private static @Nullable String reason(IOException error) {
    if (error.getCause() instanceof IllegalArgumentException wrong) {
      return wrong.getMessage();
    }
    // A fault in the middle of a field has the field around it.
    Throwable fault = error.getCause() instanceof JsonProcessingException inner ? inner : error;
    if (fault instanceof StreamConstraintsException) {
      return "it has a text that is too long, or is nested too deeply";
    }
    if (fault instanceof JsonEOFException) {
      return "it ends in the middle of its json object";
    }
    if (error instanceof JsonMappingException mapping) {
      String field = place(mapping.getPath());
      if (!field.isEmpty()) {
        return "field %s %s".formatted(field, wanted(mapping));
      }
      if (mapping instanceof MismatchedInputException) {
        return mapping.getOriginalMessage().startsWith("Trailing token")
            ? "it holds more than one json object: send each in a record of its own"
            : "it is empty or another thing than one json object";
      }
    }
    if (error instanceof JsonProcessingException json && json.getLocation() != null) {
      return "it is not json from byte %d on: put texts and names into double quotes"
          .formatted(json.getLocation().getByteOffset());
    }
    return "it is no json";
  }

  /** Returns the path to a field; keys of maps and places in lists are values, and left out. */
  private static String place(List<JsonMappingException.Reference> path) {
    StringBuilder place = new StringBuilder();
    for (JsonMappingException.Reference step : path) {
      if (step.getFrom() instanceof Map || step.getFieldName() == null) {
        continue;
      }
      place.append(place.isEmpty() ? "" : ".").append(step.getFieldName());
    }
    return place.toString();
  }

  private static String wanted(JsonMappingException error) {
    Class<?> type =
        error instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
    if (type == Integer.class || type == int.class || type == long.class) {
      return "must be a whole number";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "must be true or false";
    }
    if (type == String.class) {
      return "must be a text";
    }
    if (type != null && Collection.class.isAssignableFrom(type)) {
      return "must be a list";
    }
    return "has a value of the wrong kind";
  }
}
