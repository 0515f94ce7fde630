package dev.flamingo.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Receives the bodies of requests: JSON, whatever their content type, since {@code curl -d} calls
 * everything a form.
 */
final class Bodies implements Handler<RoutingContext> {

  private static final long LARGEST = 1 << 20;
  private static final long LONGEST_MILLIS = Duration.ofSeconds(30).toMillis();

  private final ClientQuestion json = new ClientQuestion();
  private final BodyHandler received = BodyHandler.create(false).setBodyLimit(LARGEST);

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new HttpError(
          415, "encoded", "a body cannot be encoded as %s: send it plain".formatted(encoding));
    }
    // The body handler would read a form, field by field.
    request.headers().remove(HttpHeaders.CONTENT_TYPE);
    long timer = context.vertx().setTimer(LONGEST_MILLIS, late -> giveUp(context));
    context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
    received.handle(context);
  }

  private static void giveUp(RoutingContext context) {
    if (!context.request().isEnded()) {
      context.request().connection().close();
    }
  }

  /**
   * Returns the object in the body.
   *
   * @throws IllegalArgumentException if it holds none, or more than one
   */
  JsonNode object(RoutingContext context) {
    return json.object(bytes(context));
  }

  /** Returns the body as a text. */
  String text(RoutingContext context) {
    return new String(bytes(context), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(RoutingContext context) {
    Buffer body = context.body().buffer();
    return body == null ? new byte[0] : body.getBytes();
  }
}
