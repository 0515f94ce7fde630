package dev.flamingo.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers HTTP requests with JSON: what was asked for, or an error in one sentence. */
final class Replies {

  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

  private final ClientQuestion json = new ClientQuestion();

  void json(RoutingContext request, int status, Object body) {
    if (!request.response().ended() && !request.response().closed()) {
      request
          .response()
          .setStatusCode(status)
          .putHeader("Content-Type", "application/json")
          .putHeader("Cache-Control", "no-store")
          .end(Buffer.buffer(json.write(body)));
    }
  }

  void error(RoutingContext request, int status, String code, String message) {
    json(request, status, Map.of("error", Map.of("code", code, "message", message)));
  }

  /** Answers a request whose handler threw. */
  void failed(RoutingContext request) {
    if (request.failure() == null) {
      request.next();
    } else {
      failed(request, request.failure());
    }
  }

  void failed(RoutingContext request, Throwable cause) {
    if (cause instanceof HttpError error) {
      error(request, error.status(), error.code(), String.valueOf(error.getMessage()));
    } else if (cause instanceof IllegalArgumentException) {
      error(request, 400, "bad-request", String.valueOf(cause.getMessage()));
    } else if (cause instanceof InvalidStateStoreException) {
      failed(request, QuestionDesk.starting());
    } else if (request.request().authority() == null) {
      // The router refuses this before any handler sees it.
      error(request, 400, "bad-request", "the header Host is missing or is no host: name one");
    } else {
      LOG.error("cannot answer {} {}", request.request().method(), request.normalizedPath(), cause);
      error(request, 500, "internal", "the gateway failed at this request: see its log");
    }
  }
}
