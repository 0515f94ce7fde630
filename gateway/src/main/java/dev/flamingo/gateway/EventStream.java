package dev.flamingo.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Writes what becomes of a question as server-sent events. */
final class EventStream implements AnswerListener {

  private static final String END = "end";

  private final RoutingContext request;
  private final HttpServerResponse response;
  private final LiveHub hub;
  private final Replies replies;
  private final ClientQuestion json = new ClientQuestion();

  EventStream(RoutingContext request, LiveHub hub, Replies replies) {
    this.request = request;
    response = request.response();
    this.hub = hub;
    this.replies = replies;
  }

  /** Returns whether the client has the end already, by its last event id. */
  boolean isOver() {
    return END.equals(request.request().getHeader("Last-Event-ID"));
  }

  @Override
  public void created(String key, String stream) {
    ObjectNode event = hub.event("answer.created").put("id", key);
    write(event.put("key", key).put("stream", stream));
  }

  @Override
  public void delta(AnswerDelta delta) {
    write(hub.event("answer.delta", delta));
  }

  @Override
  public void end(Answer answer) {
    if (isOpen()) {
      write(hub.event("answer." + answer.status().wireName(), answer), END);
      response.end();
    }
  }

  @Override
  public void refused(HttpError why) {
    replies.failed(request, why);
  }

  private boolean isOpen() {
    return !response.ended() && !response.closed();
  }

  private void write(ObjectNode event) {
    write(event, event.path("seq").asText());
  }

  private void write(ObjectNode event, String id) {
    if (!isOpen()) {
      return;
    }
    if (!response.headWritten()) {
      response
          .setChunked(true)
          .putHeader("Content-Type", "text/event-stream")
          .putHeader("Cache-Control", "no-store")
          .putHeader("X-Accel-Buffering", "no")
          // A compressor would hold the words back until the end.
          .putHeader("Content-Encoding", "identity");
    }
    String head = "id: %s%nevent: %s%ndata: ".formatted(id, event.path("type").asText());
    var unused =
        response.write(Buffer.buffer(head).appendBytes(json.write(event)).appendString("\n\n"));
  }
}
