package dev.flamingo.gateway;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
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
   * @throws IllegalArgumentException if it is none
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
      throw new IllegalArgumentException("the message is no JSON", e);
    }
  }

  /**
   * Reads a question and checks it.
   *
   * @throws IllegalArgumentException if it is wrong, in one sentence
   */
  Question question(JsonNode message) {
    try {
      Question question = mapper.treeToValue(message, Question.class);
      question.check();
      return question;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the question has a field of the wrong kind: see the contract", e);
    }
  }

  byte[] write(Object value) {
    try {
      return mapper.writeValueAsBytes(value);
    } catch (IOException e) {
      throw new IllegalStateException("cannot write " + value.getClass(), e);
    }
  }
}
