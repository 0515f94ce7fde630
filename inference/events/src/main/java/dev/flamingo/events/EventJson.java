package dev.flamingo.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.List;

/**
 * How events are written as JSON: instants as text, nothing for what is missing, unknown fields
 * passed over.
 */
public final class EventJson {

  private static final int DEEPEST = 20;
  private static final int LONGEST_STRING = 700_000;

  private EventJson() {}

  /** Returns a mapper of its own. */
  public static ObjectMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_STRING)
                    .build())
            // What is wrong is said without repeating it: it may hold a camera's password.
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    return JsonMapper.builder(factory)
        .addModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
        .build();
  }

  /**
   * Returns what is wrong with a text, in one sentence that repeats no value: a camera's address
   * may hold a password.
   *
   * @param what what it should have been
   */
  static String complaint(String what, IOException error) {
    Throwable cause = error.getCause();
    if (cause instanceof IllegalArgumentException) {
      return "the value is no %s: %s".formatted(what, cause.getMessage());
    }
    if (error instanceof MismatchedInputException mismatch) {
      return "the value is no %s: %s".formatted(what, misfit(mismatch.getPath()));
    }
    if (error instanceof JsonProcessingException json) {
      String[] lines = json.getOriginalMessage().split("\n", 2);
      return "the value is no %s: %s".formatted(what, lines[0]);
    }
    return "the value is no %s: %s".formatted(what, error.getMessage());
  }

  // Jackson's own sentence repeats the value.
  private static String misfit(List<JsonMappingException.Reference> path) {
    String field = path.isEmpty() ? null : path.get(0).getFieldName();
    return field == null
        ? "it is empty or another thing than one json object"
        : "field %s has a value of the wrong kind".formatted(field);
  }
}
