package dev.flamingo.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flamingo.events.Answer;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.Question;
import dev.flamingo.events.StreamId;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * One client on the WebSocket {@code /v1/live}. Its question ids are its own: on the topics they
 * carry its name.
 */
final class LiveSession {

  private static final short TOO_LARGE = 1009;

  private final ServerWebSocket socket;
  private final String name;
  private final LiveHub hub;
  private final QuestionDesk desk;
  private final History history;
  private final ClientQuestion reader = new ClientQuestion();
  private final int mostQuestions;
  private final Runnable left;
  private final LiveOutlet outlet;
  private final Subscriptions subscriptions;
  private final AskedIds ids = new AskedIds();
  private final Map<String, LiveAnswer> asked = new HashMap<>();

  LiveSession(
      ServerWebSocket socket,
      String name,
      LiveHub hub,
      Registry registry,
      QuestionDesk desk,
      History history,
      int mostQuestions,
      Runnable left) {
    this.socket = socket;
    this.name = name;
    this.hub = hub;
    this.desk = desk;
    this.history = history;
    this.mostQuestions = mostQuestions;
    this.left = left;
    outlet = new LiveOutlet(socket);
    subscriptions = new Subscriptions(hub, registry, outlet);
  }

  void open() {
    socket.textMessageHandler(this::receive);
    socket.binaryMessageHandler(bytes -> error("bad-message", "send text, not bytes"));
    socket.exceptionHandler(this::fault);
    socket.closeHandler(nothing -> gone());
    outlet.send(hub.event("welcome").put("protocol", "flamingo.v1"));
  }

  /** The client's questions go on: their answers can be had by their keys. */
  private void gone() {
    subscriptions.clear();
    asked.forEach((id, answer) -> desk.leave(key(id), answer));
    asked.clear();
    left.run();
  }

  private String key(String id) {
    return name + "-" + id;
  }

  /** A message beyond its bound comes here; where the rest of it ends is not known any more. */
  private void fault(Throwable fault) {
    if (!(fault instanceof IOException) && !socket.isClosed()) {
      error("bad-message", "a message has at most 1 MB: send smaller images");
      outlet.close(TOO_LARGE, "too large");
    }
  }

  private void receive(String text) {
    try {
      JsonNode message = reader.object(text.getBytes(StandardCharsets.UTF_8));
      switch (message.path("type").asText()) {
        case "ask" -> ask(message);
        case "cancel" -> cancel(text(message, "id"));
        case "subscribe" -> subscribe(message);
        case "unsubscribe" -> unsubscribe(stream(message));
        default ->
            error(
                "bad-message",
                "the type is none of ask, cancel, subscribe, unsubscribe: see the contract");
      }
    } catch (IllegalArgumentException e) {
      error("bad-message", String.valueOf(e.getMessage()));
    }
  }

  private static String stream(JsonNode message) {
    return new StreamId(text(message, "stream")).value();
  }

  private static String text(JsonNode message, String name) {
    JsonNode field = message.path(name);
    if (!field.isTextual()) {
      throw new IllegalArgumentException("the field " + name + " must be a text");
    }
    return field.textValue();
  }

  private static boolean truth(JsonNode message, String name, boolean otherwise) {
    JsonNode field = message.path(name);
    if (field.isMissingNode() || field.isNull()) {
      return otherwise;
    }
    if (!field.isBoolean()) {
      throw new IllegalArgumentException("the field " + name + " must be true or false");
    }
    return field.booleanValue();
  }

  private static long seq(JsonNode message, String name) {
    JsonNode field = message.path(name);
    if (field.isMissingNode() || field.isNull()) {
      return 0;
    }
    if (!field.isIntegralNumber() || !field.canConvertToLong() || field.longValue() < 0) {
      throw new IllegalArgumentException(
          "the field " + name + " must be the seq of an event, a whole number from 0 on");
    }
    return field.longValue();
  }

  private void ask(JsonNode message) {
    String id = message.path("id").asText();
    if (!message.path("id").isTextual() || id.isBlank() || id.length() > 100) {
      error("bad-question", "the id must be a text of 1 to 100 characters");
      return;
    }
    Question question;
    try {
      question = reader.question(message).withId(key(id));
    } catch (IllegalArgumentException e) {
      fail(id, message, ErrorCode.BAD_QUESTION, String.valueOf(e.getMessage()));
      return;
    }
    LiveAnswer waiting = asked.get(id);
    if (waiting != null && desk.waitsFor(question)) {
      waiting.created(key(id), question.stream());
      return;
    }
    if (waiting != null) {
      error("bad-question", "another question with this id waits: choose another id", id);
      return;
    }
    if (asked.size() >= mostQuestions) {
      fail(
          id,
          message,
          ErrorCode.OVERLOADED,
          "%d questions of this connection wait already: ask again later".formatted(asked.size()));
      return;
    }
    LiveAnswer answer = new LiveAnswer(id, hub, outlet, () -> asked.remove(id));
    asked.put(id, answer);
    if (ids.isNew(id)) {
      desk.ask(question, answer);
    } else {
      desk.ask(question, answer, history::answer);
    }
  }

  private void fail(String id, JsonNode message, ErrorCode code, String sentence) {
    Answer failed =
        Answer.failed(
            id,
            message.path("text").asText(null),
            message.path("stream").asText(null),
            code,
            sentence);
    outlet.send(hub.event("answer.failed", failed));
  }

  private void cancel(String id) {
    if (asked.containsKey(id)) {
      desk.cancel(key(id))
          .onFailure(
              error ->
                  error("internal", "kafka did not take the withdrawal: cancel again later", id));
    } else {
      error("bad-message", "no question with this id waits", id);
    }
  }

  private void subscribe(JsonNode message) {
    String stream = stream(message);
    if (truth(message, "alerts", false)) {
      throw new IllegalArgumentException(
          "the field alerts is not supported by this version: leave it out");
    }
    try {
      subscriptions.add(stream, truth(message, "captions", true), seq(message, "afterSeq"));
    } catch (HttpError e) {
      refuse(stream, e.code(), String.valueOf(e.getMessage()));
    }
  }

  private void unsubscribe(String stream) {
    if (!subscriptions.remove(stream)) {
      refuse(stream, "not-subscribed", "this connection does not follow the stream " + stream);
    }
  }

  private void refuse(String stream, String code, String message) {
    outlet.send(hub.event("error").put("stream", stream).put("code", code).put("message", message));
  }

  private void error(String code, String message) {
    outlet.send(hub.event("error").put("code", code).put("message", message));
  }

  private void error(String code, String message, String id) {
    outlet.send(hub.event("error").put("id", id).put("code", code).put("message", message));
  }
}
