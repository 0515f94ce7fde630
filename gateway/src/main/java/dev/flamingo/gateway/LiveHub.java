package dev.flamingo.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingo.events.Answer;
import dev.flamingo.events.EventJson;
import dev.flamingo.events.StreamStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Numbers events and hands those of a stream to its subscribers. One numbering serves all clients,
 * so that a number stands for the same caption after a reconnect. Used from one thread.
 */
final class LiveHub {

  private static final int HISTORY = 100;
  private static final int STREAMS = 500;

  private final ObjectMapper mapper = EventJson.mapper();
  private final Map<String, Set<Consumer<ObjectNode>>> subscribers = new HashMap<>();
  private final Map<String, Deque<ObjectNode>> captions = new HashMap<>();
  private final Map<String, ObjectNode> states = new HashMap<>();
  private long seq;

  /** Returns an event with the next number. */
  ObjectNode event(String type) {
    return mapper.createObjectNode().put("type", type).put("seq", ++seq);
  }

  /** Returns an event with the fields of a record. */
  ObjectNode event(String type, Object fields) {
    ObjectNode event = event(type);
    event.setAll((ObjectNode) mapper.valueToTree(fields));
    return event;
  }

  void caption(String stream, Answer caption) {
    ObjectNode event = event("caption", caption).put("stream", stream);
    if (captions.size() < STREAMS || captions.containsKey(stream)) {
      Deque<ObjectNode> history = captions.computeIfAbsent(stream, key -> new ArrayDeque<>());
      history.add(event);
      if (history.size() > HISTORY) {
        history.remove();
      }
    }
    send(stream, event);
  }

  void status(String stream, StreamStatus status) {
    ObjectNode event = event("stream.status", status).put("stream", stream);
    if (states.size() < STREAMS || states.containsKey(stream)) {
      states.put(stream, event);
    }
    send(stream, event);
  }

  /** Subscribes to a stream, starting with its state and the captions behind a number. */
  void subscribe(String stream, long afterSeq, Consumer<ObjectNode> subscriber) {
    ObjectNode state = states.get(stream);
    if (state != null) {
      subscriber.accept(again(state));
    }
    captions.getOrDefault(stream, new ArrayDeque<>()).stream()
        .filter(caption -> caption.get("seq").asLong() > afterSeq)
        .map(this::again)
        .toList()
        .forEach(subscriber);
    subscribers.computeIfAbsent(stream, key -> new LinkedHashSet<>()).add(subscriber);
  }

  // A client's numbers rise, also where an old event is told again.
  private ObjectNode again(ObjectNode event) {
    return event.deepCopy().put("seq", ++seq);
  }

  void unsubscribe(String stream, Consumer<ObjectNode> subscriber) {
    Set<Consumer<ObjectNode>> all = subscribers.get(stream);
    if (all != null && all.remove(subscriber) && all.isEmpty()) {
      subscribers.remove(stream);
    }
  }

  private void send(String stream, ObjectNode event) {
    // A subscriber may leave while it is served.
    List.copyOf(subscribers.getOrDefault(stream, Set.of()))
        .forEach(subscriber -> subscriber.accept(event));
  }
}
