package dev.flamingo.gateway;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.events.EventJson;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.MalformedEventException;
import dev.flamingo.events.Question;
import java.io.IOException;

/** Reads what clients send: JSON objects, and questions in them. */
final class ClientQuestion {

  private final ObjectMapper mapper = EventJson.mapper();
  private final JsonSerde<Question> questions = new JsonSerde<>(Question.class);

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
   * Reads a question and checks it, in the words of the job.
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
      Question question = questions.read(message);
      question.check();
      return question;
    } catch (MalformedEventException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
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
