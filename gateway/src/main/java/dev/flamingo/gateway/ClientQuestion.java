package dev.flamingo.gateway;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.events.EventJson;
import dev.flamingo.events.Question;
import java.io.IOException;

/** Reads what clients send: JSON objects, and questions in them. */
final class ClientQuestion {

  private final ObjectMapper mapper = EventJson.mapper();

  /**
   * Reads an object.
   *
   * @throws IllegalArgumentException if it is none, or more follows it
   */
  JsonNode object(byte[] message) {
    try {
      JsonNode node = mapper.readTree(message);
      if (node == null || !node.isObject()) {
        throw new IllegalArgumentException("the message is no JSON object");
      }
      return node;
    } catch (StreamConstraintsException e) {
      throw new IllegalArgumentException(
          "the message holds a text that is too long, or is nested too deeply: send smaller images",
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the message is not one JSON object and no more", e);
    }
  }

  /**
   * Reads a question and checks it.
   *
   * @throws IllegalArgumentException if it is wrong, in one sentence
   */
  Question question(JsonNode message) {
    if (message.has("cancel")) {
      throw new IllegalArgumentException(
          "the field cancel is no part of a question: withdraw it by DELETE /v1/questions/{id}, or"
              + " by a message of type cancel");
    }
    if (message.hasNonNull("id") && !message.get("id").isTextual()) {
      throw new IllegalArgumentException("the field id must be a text");
    }
    try {
      Question question = mapper.treeToValue(message, Question.class);
      question.check();
      return question;
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(misfit(e), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the question has a field of the wrong kind: see the contract", e);
    }
  }

  private static String misfit(JsonMappingException error) {
    String field = error.getPath().isEmpty() ? null : error.getPath().get(0).getFieldName();
    if (error.getCause() instanceof IllegalArgumentException cause) {
      return String.valueOf(cause.getMessage());
    }
    return field == null
        ? "the question has a field of the wrong kind: see the contract"
        : "the field %s of the question has a value of the wrong kind: see the contract"
            .formatted(field);
  }

  byte[] write(Object value) {
    try {
      return mapper.writeValueAsBytes(value);
    } catch (IOException e) {
      throw new IllegalStateException("cannot write " + value.getClass(), e);
    }
  }
}
