package dev.flamingo.gateway;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Adds paths to a router, each with its methods; another method is answered by 405. */
final class Resources {

  private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PATCH);

  private final Router router;
  private final Bodies bodies;

  Resources(Router router, Bodies bodies) {
    this.router = router;
    this.bodies = bodies;
  }

  void add(String path, HttpMethod method, Handler<RoutingContext> handler) {
    add(path, Map.of(method, handler));
  }

  /** Adds a path; where there is GET, there is HEAD. */
  void add(String path, Map<HttpMethod, Handler<RoutingContext>> methods) {
    Set<String> allowed = new TreeSet<>(Set.of("OPTIONS"));
    methods.forEach(
        (method, handler) -> {
          allowed.add(method.name());
          if (WITH_BODY.contains(method)) {
            router.route(method, path).handler(bodies);
          }
          router.route(method, path).handler(handler);
          if (method.equals(HttpMethod.GET)) {
            allowed.add("HEAD");
            router.head(path).handler(handler);
          }
        });
    String allow = allowed.stream().collect(Collectors.joining(", "));
    router
        .options(path)
        .handler(request -> request.response().putHeader("Allow", allow).setStatusCode(204).end());
    router
        .route(path)
        .handler(
            request -> {
              request.response().putHeader("Allow", allow);
              throw new HttpError(405, "not-allowed", "this path takes " + allow);
            });
  }
}
