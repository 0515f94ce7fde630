package dev.flamingo.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The streams that one client follows. Its captions begin with those it missed, which are written
 * as fast as it reads them.
 */
final class Subscriptions {

  private static final int MOST = 200;

  private final LiveHub hub;
  private final Registry registry;
  private final LiveOutlet outlet;
  private final Map<String, Subscription> subscriptions = new HashMap<>();
  private final Deque<Subscription> behind = new ArrayDeque<>();
  private boolean catchingUp;

  Subscriptions(LiveHub hub, Registry registry, LiveOutlet outlet) {
    this.hub = hub;
    this.registry = registry;
    this.outlet = outlet;
  }

  /** One of them; {@code seen} is the number of the last old caption that was written. */
  private final class Subscription implements Consumer<ObjectNode> {

    private final String stream;
    private final boolean captions;
    private long seen;

    Subscription(String stream, boolean captions, long seen) {
      this.stream = stream;
      this.captions = captions;
      this.seen = seen;
    }

    @Override
    public void accept(ObjectNode event) {
      boolean caption = event.path("type").asText().equals("caption");
      // While older captions are to be written, a new one waits among them for its turn.
      if (!caption || (captions && !behind.contains(this))) {
        outlet.send(event);
      }
    }
  }

  /**
   * Follows a stream: the acknowledgement, its state, the captions behind a number, and what is
   * new.
   *
   * @throws HttpError if there is no such stream, or too many are followed
   */
  void add(String stream, boolean captions, long afterSeq) {
    if (!registry.knows(stream)) {
      throw new HttpError(404, "unknown-stream", "there is no stream " + stream);
    }
    var unused = remove(stream);
    if (subscriptions.size() >= MOST) {
      throw new HttpError(
          429, "overloaded", "one client can follow at most %d streams".formatted(MOST));
    }
    Subscription added = new Subscription(stream, captions, afterSeq);
    subscriptions.put(stream, added);
    outlet.send(hub.event("subscribed").put("stream", stream).put("captions", captions));
    registry
        .state(stream)
        .ifPresent(state -> outlet.send(hub.event("stream.status", state).put("stream", stream)));
    if (captions) {
      behind.add(added);
    }
    hub.subscribe(stream, added);
    catchUp();
  }

  private void catchUp() {
    if (catchingUp) {
      return; // A write may complete while it is made.
    }
    catchingUp = true;
    while (!behind.isEmpty() && outlet.takesHistory()) {
      Subscription first = behind.element();
      Optional<ObjectNode> missed = hub.captionAfter(first.stream, first.seen);
      if (missed.isEmpty()) {
        behind.remove();
      } else {
        first.seen = missed.get().path("seq").asLong();
        outlet.sendHistory(hub.again(missed.get())).onSuccess(written -> catchUp());
      }
    }
    catchingUp = false;
  }

  /** Follows a stream no more; returns whether it was followed. */
  boolean remove(String stream) {
    Subscription removed = subscriptions.remove(stream);
    if (removed == null) {
      return false;
    }
    behind.remove(removed);
    hub.unsubscribe(stream, removed);
    return true;
  }

  void clear() {
    subscriptions.forEach(hub::unsubscribe);
    subscriptions.clear();
    behind.clear();
  }
}
