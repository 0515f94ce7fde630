package dev.flamingo.gateway;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** What all of HTTP shares: headers, the order of the routes, and errors. */
final class HttpApi {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final StreamRoutes streams;
  private final QuestionRoutes questions;
  private final ModelRoutes models;
  private final HealthRoutes health;
  private final Bodies bodies;
  private final Replies replies;

  HttpApi(
      StreamRoutes streams,
      QuestionRoutes questions,
      ModelRoutes models,
      HealthRoutes health,
      Bodies bodies,
      Replies replies) {
    this.streams = streams;
    this.questions = questions;
    this.models = models;
    this.health = health;
    this.bodies = bodies;
    this.replies = replies;
  }

  /** Adds the routes. */
  void addTo(Router router) {
    router.route().handler(HttpApi::secure);
    Resources resources = new Resources(router, bodies);
    streams.addTo(resources);
    questions.addTo(resources);
    models.addTo(resources);
    health.addTo(resources);
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

  private static void secure(RoutingContext request) {
    request
        .response()
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer");
    boolean reads = request.request().method().equals(HttpMethod.GET);
    if (!reads && Origin.foreign(request.request().headers())) {
      throw new HttpError(403, "foreign-origin", "a page of another site cannot ask this of us");
    }
    request.next();
  }
}
