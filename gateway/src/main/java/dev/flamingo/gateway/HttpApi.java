package dev.flamingo.gateway;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** What all of HTTP shares: headers, the order of the routes, and errors. */
final class HttpApi {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final Doorkeeper doorkeeper;
  private final Gatekeeper gatekeeper;
  private final StreamRoutes streams;
  private final QuestionRoutes questions;
  private final ModelRoutes models;
  private final HealthRoutes health;
  private final Bodies bodies;
  private final Replies replies;
  private final InstantSource clock;

  HttpApi(
      Doorkeeper doorkeeper,
      Gatekeeper gatekeeper,
      StreamRoutes streams,
      QuestionRoutes questions,
      ModelRoutes models,
      HealthRoutes health,
      Bodies bodies,
      Replies replies,
      InstantSource clock) {
    this.doorkeeper = doorkeeper;
    this.gatekeeper = gatekeeper;
    this.streams = streams;
    this.questions = questions;
    this.models = models;
    this.health = health;
    this.bodies = bodies;
    this.replies = replies;
    this.clock = clock;
  }

  /** Adds the routes. */
  void addTo(Router router) {
    router.route().handler(this::secure).handler(this::admit);
    Resources resources = new Resources(router, bodies);
    streams.addTo(resources);
    questions.addTo(resources);
    models.addTo(resources);
    health.addTo(resources);
    new LoginRoutes(gatekeeper, doorkeeper, bodies).addTo(resources);
    resources.add("/v1/live", HttpMethod.GET, HttpApi::wantsSocket);
    new UnbuiltRoutes(replies).addTo(router);
    router
        .route("/v1/*")
        .handler(request -> request.fail(new HttpError(404, "not-found", "there is no such path")));
    new WebPage().addTo(router);
    router.route().failureHandler(replies::failed);
    router.errorHandler(
        400, request -> replies.error(request, 400, "bad-request", "the request is malformed"));
    router.errorHandler(
        404, request -> replies.error(request, 404, "not-found", "there is no such path"));
    router.errorHandler(
        405,
        request -> replies.error(request, 405, "not-allowed", "this path takes another method"));
    router.errorHandler(
        413, request -> replies.error(request, 413, "too-large", "a body has at most 1 MB"));
  }

  /** A handshake does not come here: the server takes it before. */
  private static void wantsSocket(RoutingContext request) {
    request.response().putHeader("Upgrade", "websocket").putHeader("Connection", "Upgrade");
    throw new HttpError(
        426, "upgrade-required", "/v1/live is a WebSocket: connect to it with a WebSocket client");
  }

  private void secure(RoutingContext request) {
    request
        .response()
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("X-Content-Type-Options", "nosniff")
        // Not "no-referrer": browsers would then hide the origin of our own forms, too.
        .putHeader("Referrer-Policy", "same-origin")
        // To milliseconds, where Date has seconds: pages tell a picture's age by it.
        .putHeader("Served-At", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    request.next();
  }

  private void admit(RoutingContext request) {
    Visit visit = Visit.of(request.request(), request.normalizedPath());
    doorkeeper.admit(visit);
    try {
      gatekeeper.admit(visit, doorkeeper.client(visit));
    } catch (HttpError e) {
      if (isPage(request.request())) {
        request.response().setStatusCode(303).putHeader("Location", "login").end();
        return;
      }
      request.response().putHeader("WWW-Authenticate", "Bearer");
      throw e;
    }
    request.next();
  }

  private static boolean isPage(HttpServerRequest request) {
    return request.method().equals(HttpMethod.GET)
        && String.valueOf(request.getHeader("Accept")).contains("text/html");
  }
}
