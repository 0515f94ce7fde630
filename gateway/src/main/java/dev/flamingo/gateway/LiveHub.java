package dev.flamingo.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flamingo.events.Answer;
import dev.flamingo.events.EventJson;
import dev.flamingo.events.StreamStatus;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Numbers events and hands those of a stream to its subscribers. One numbering serves all clients,
 * so that a number stands for the same caption after a reconnect. Used from one thread.
 */
final class LiveHub {

  private static final long MOST_BYTES = 48L << 20;
  private static final int BYTES_BESIDE_JSON = 1_024;

  private final ObjectMapper mapper = EventJson.mapper();
  private final Map<String, Set<Consumer<ObjectNode>>> subscribers = new HashMap<>();
  private final Cache<String, CaptionHistory> captions =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((String stream, CaptionHistory history) -> history.bytes())
          .executor(Runnable::run)
          .build();
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
    CaptionHistory history = captions.get(stream, key -> new CaptionHistory());
    // Put again, so that it is weighed again.
    captions.put(stream, history.add(seq, event, bytes(event)));
    send(stream, event);
  }

  private int bytes(ObjectNode event) {
    try {
      return BYTES_BESIDE_JSON + mapper.writeValueAsBytes(event).length;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write a caption", e);
    }
  }

  void status(String stream, StreamStatus status) {
    send(stream, event("stream.status", status).put("stream", stream));
  }

  /** Hands all that is new of a stream to a subscriber. */
  void subscribe(String stream, Consumer<ObjectNode> subscriber) {
    subscribers.computeIfAbsent(stream, key -> new LinkedHashSet<>()).add(subscriber);
  }

  /** Returns the first caption of a stream behind a number, if it is kept. */
  Optional<ObjectNode> captionAfter(String stream, long number) {
    CaptionHistory history = captions.getIfPresent(stream);
    return history == null ? Optional.empty() : history.after(number);
  }

  /** Returns an old event under the next number: a client's numbers rise. */
  ObjectNode again(ObjectNode event) {
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
