package dev.flamingo.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.Question;
import dev.flamingo.events.StreamId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One client on the WebSocket {@code /v1/live}. Its question ids are its own: towards Kafka they
 * carry its name.
 */
final class LiveSession {

  private static final int QUEUE_BYTES = 256 * 1024;
  private static final int MOST_SUBSCRIPTIONS = 200;
  private static final short SLOW = 4429;
  private static final short TOO_LARGE = 1009;

  private final ServerWebSocket socket;
  private final String name;
  private final LiveHub hub;
  private final QuestionDesk desk;
  private final ClientQuestion reader = new ClientQuestion();
  private final int mostQuestions;
  private final Runnable left;
  private final Map<String, String> asked = new HashMap<>();
  private final Map<String, Consumer<ObjectNode>> subscriptions = new HashMap<>();

  LiveSession(
      ServerWebSocket socket,
      String name,
      LiveHub hub,
      QuestionDesk desk,
      int mostQuestions,
      Runnable left) {
    this.socket = socket;
    this.name = name;
    this.hub = hub;
    this.desk = desk;
    this.mostQuestions = mostQuestions;
    this.left = left;
  }

  void open() {
    socket.setWriteQueueMaxSize(QUEUE_BYTES);
    socket.textMessageHandler(this::receive);
    socket.binaryMessageHandler(bytes -> error("bad-message", "send text, not bytes"));
    socket.exceptionHandler(this::fault);
    socket.closeHandler(nothing -> gone());
    send(hub.event("welcome").put("protocol", "flamingo.v1"));
  }

  private void gone() {
    subscriptions.forEach(hub::unsubscribe);
    subscriptions.clear();
    asked.values().forEach(desk::forget);
    asked.clear();
    left.run();
  }

  /** A message beyond its bound comes here; where the rest of it ends is not known any more. */
  private void fault(Throwable fault) {
    if (!(fault instanceof IOException) && !socket.isClosed()) {
      error("bad-message", "a message has at most 1 MB: send smaller images");
      socket.close(TOO_LARGE, "too large");
    }
  }

  private void receive(String text) {
    try {
      JsonNode message = reader.object(text.getBytes(StandardCharsets.UTF_8));
      switch (message.path("type").asText()) {
        case "ask" -> ask(message);
        case "cancel" -> cancel(message);
        case "subscribe" -> subscribe(message);
        case "unsubscribe" -> unsubscribe(new StreamId(message.path("stream").asText()).value());
        default ->
            error(
                "bad-message",
                "the type is none of ask, cancel, subscribe, unsubscribe: see the contract");
      }
    } catch (IllegalArgumentException e) {
      error("bad-message", String.valueOf(e.getMessage()));
    }
  }

  private void ask(JsonNode message) {
    String id = message.path("id").asText();
    if (id.isBlank() || id.length() > 100) {
      error("bad-question", "the id must have 1 to 100 characters");
      return;
    }
    if (asked.containsKey(id)) {
      error("bad-question", "a question with this id waits already: choose another", id);
      return;
    }
    Question question;
    try {
      question = reader.question(message).withId(name + "-" + id);
    } catch (IllegalArgumentException e) {
      fail(id, message, ErrorCode.BAD_QUESTION, String.valueOf(e.getMessage()));
      return;
    }
    if (asked.size() >= mostQuestions || desk.full()) {
      fail(
          id,
          message,
          ErrorCode.OVERLOADED,
          "%d questions wait already: ask again later".formatted(asked.size()));
      return;
    }
    String key = Objects.requireNonNull(question.id());
    asked.put(id, key);
    send(
        hub.event("answer.created").put("id", id).put("key", key).put("stream", question.stream()));
    desk.ask(question, new Ends(id));
  }

  private void fail(String id, JsonNode message, ErrorCode code, String sentence) {
    Answer failed =
        Answer.failed(
            id,
            message.path("text").asText(null),
            message.path("stream").asText(null),
            code,
            sentence);
    send(hub.event("answer.failed", failed));
  }

  private void cancel(JsonNode message) {
    String id = message.path("id").asText();
    String known = asked.get(id);
    if (known == null) {
      error("bad-message", "no question with this id waits", id);
      return;
    }
    desk.cancel(known);
  }

  private void subscribe(JsonNode message) {
    String stream = new StreamId(message.path("stream").asText()).value();
    boolean captions = message.path("captions").asBoolean(true);
    unsubscribe(stream);
    if (subscriptions.size() >= MOST_SUBSCRIPTIONS) {
      error("overloaded", "one client can follow at most 200 streams");
      return;
    }
    Consumer<ObjectNode> subscriber =
        event -> {
          if (captions || !event.path("type").asText().equals("caption")) {
            send(event);
          }
        };
    subscriptions.put(stream, subscriber);
    hub.subscribe(stream, message.path("afterSeq").asLong(0), subscriber);
  }

  private void unsubscribe(String stream) {
    Consumer<ObjectNode> subscriber = subscriptions.remove(stream);
    if (subscriber != null) {
      hub.unsubscribe(stream, subscriber);
    }
  }

  private void error(String code, String message) {
    send(hub.event("error").put("code", code).put("message", message));
  }

  private void error(String code, String message, String id) {
    send(hub.event("error").put("id", id).put("code", code).put("message", message));
  }

  private void send(ObjectNode event) {
    if (socket.isClosed()) {
      return;
    }
    if (socket.writeQueueFull()) {
      // A client that does not read must not fill our memory.
      socket.close(SLOW, "too slow");
      return;
    }
    socket.writeTextMessage(Buffer.buffer(reader.write(event)).toString());
  }

  /** Tells the client what becomes of its question, under the client's own id. */
  private final class Ends implements AnswerListener {

    private final String id;

    Ends(String id) {
      this.id = id;
    }

    @Override
    public void delta(AnswerDelta delta) {
      send(hub.event("answer.delta", delta).put("id", id));
    }

    @Override
    public void end(Answer answer) {
      asked.remove(id);
      String type =
          switch (answer.status()) {
            case COMPLETED -> "answer.completed";
            case FAILED -> "answer.failed";
            case CANCELLED -> "answer.cancelled";
          };
      send(hub.event(type, answer).put("id", id));
    }
  }
}
