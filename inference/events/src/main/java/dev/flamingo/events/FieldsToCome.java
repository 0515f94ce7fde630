package dev.flamingo.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * Refuses the fields of the contract that this version does not implement. Other unknown fields are
 * passed over, but an event that has one of these would be treated as if it asked for less.
 */
final class FieldsToCome extends DeserializationProblemHandler {

  private static final Map<Class<?>, Set<String>> FIELDS =
      Map.of(
          Question.class,
          Set.of("streams", "find", "until", "abstain", "previous", "asker"),
          StreamSpec.class,
          Set.of("zone", "masks", "retention", "prompt", "erase"));

  @Override
  public boolean handleUnknownProperty(
      DeserializationContext context,
      JsonParser parser,
      JsonDeserializer<?> deserializer,
      Object beanOrClass,
      String name)
      throws IOException {
    Set<String> fields = FIELDS.getOrDefault(deserializer.handledType(), Set.of());
    if (fields.contains(name) && parser.currentToken() != JsonToken.VALUE_NULL) {
      String sentence = notSupported(name);
      throw JsonMappingException.from(parser, sentence, new IllegalArgumentException(sentence));
    }
    return false;
  }

  static String notSupported(String field) {
    return "field %s is not supported by this version: leave it out".formatted(field);
  }
}
