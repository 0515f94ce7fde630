package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;
import dev.flamingo.events.AnswerError;
import dev.flamingo.events.AnswerStatus;
import io.vertx.ext.web.RoutingContext;

/** Answers a request with the end of its question. */
final class WaitingRequest implements AnswerListener {

  private final RoutingContext request;
  private final Replies replies;

  WaitingRequest(RoutingContext request, Replies replies) {
    this.request = request;
    this.replies = replies;
  }

  @Override
  public void created(String key, String stream) {}

  @Override
  public void delta(AnswerDelta delta) {}

  @Override
  public void end(Answer answer) {
    AnswerError error = answer.status() == AnswerStatus.FAILED ? answer.error() : null;
    replies.json(request, error == null ? 200 : HttpError.status(error.code()), answer);
  }

  @Override
  public void refused(HttpError why) {
    replies.failed(request, why);
  }
}
