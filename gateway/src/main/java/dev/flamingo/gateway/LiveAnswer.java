package dev.flamingo.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;

/** Sends a WebSocket client the events of its question, under the client's own id. */
final class LiveAnswer implements AnswerListener {

  private final String id;
  private final LiveHub hub;
  private final LiveOutlet outlet;
  private final Runnable over;

  /**
   * Waits for one answer.
   *
   * @param id the client's own
   * @param over runs when the question waits no more
   */
  LiveAnswer(String id, LiveHub hub, LiveOutlet outlet, Runnable over) {
    this.id = id;
    this.hub = hub;
    this.outlet = outlet;
    this.over = over;
  }

  @Override
  public void created(String key, String stream) {
    send(hub.event("answer.created").put("key", key).put("stream", stream));
  }

  @Override
  public void delta(AnswerDelta delta) {
    send(hub.event("answer.delta", delta));
  }

  @Override
  public void end(Answer answer) {
    over.run();
    send(hub.event("answer." + answer.status().wireName(), answer).put("key", answer.id()));
  }

  @Override
  public void refused(HttpError why) {
    over.run();
    send(hub.event("error").put("code", why.code()).put("message", why.getMessage()));
  }

  private void send(ObjectNode event) {
    outlet.send(event.put("id", id));
  }
}
