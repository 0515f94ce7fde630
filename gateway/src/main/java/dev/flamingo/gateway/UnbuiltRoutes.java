package dev.flamingo.gateway;

import io.vertx.ext.web.Router;
import java.util.List;

/** Paths of the contract that this version does not have: they are refused, not unknown. */
final class UnbuiltRoutes {

  private static final List<String> PATHS =
      List.of(
          "/v1/chat/completions",
          "/openapi.json",
          "/asyncapi.yaml",
          "/v1/watches",
          "/v1/watches/*",
          "/v1/alerts",
          "/v1/alerts/*",
          "/v1/streams/:id/history");

  private final Replies replies;

  UnbuiltRoutes(Replies replies) {
    this.replies = replies;
  }

  void addTo(Router router) {
    for (String path : PATHS) {
      router
          .route(path)
          .handler(
              request ->
                  replies.error(
                      request,
                      501,
                      "not-implemented",
                      "%s is not implemented in this version: ask by POST /v1/questions, read by GET"
                              .formatted(request.normalizedPath())
                          + " /v1/streams"));
    }
  }
}
