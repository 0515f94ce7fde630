package dev.flamingo.gateway;

import io.vertx.core.http.HttpMethod;
import java.util.Map;

/** Health and numbers of the gateway over HTTP. */
final class HealthRoutes {

  private final Health health;
  private final Numbers numbers;
  private final Replies replies;

  HealthRoutes(Health health, Numbers numbers, Replies replies) {
    this.health = health;
    this.numbers = numbers;
    this.replies = replies;
  }

  void addTo(Resources resources) {
    resources.add(
        "/health/live",
        HttpMethod.GET,
        request -> replies.json(request, 200, Map.of("status", "UP")));
    resources.add(
        "/health/ready",
        HttpMethod.GET,
        request -> {
          Health.Report report = health.report();
          replies.json(request, report.up() ? 200 : 503, report);
        });
    resources.add(
        "/metrics",
        HttpMethod.GET,
        request ->
            request
                .response()
                .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .end(numbers.prometheus()));
  }
}
