package dev.flamingo.gateway;

import io.vertx.core.http.HttpMethod;
import java.util.List;

/** The models that are served, in the form of OpenAI's list. */
final class ModelRoutes {

  private final Replies replies;

  ModelRoutes(Replies replies) {
    this.replies = replies;
  }

  /** The list. */
  record Models(String object, List<Object> data) {}

  void addTo(Resources resources) {
    resources.add(
        "/v1/models",
        HttpMethod.GET,
        request -> replies.json(request, 200, new Models("list", List.of())));
  }
}
