package dev.flamingo.gateway;

import dev.flamingo.events.ResizeRule;
import dev.flamingo.events.ServedModel;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.List;

/** The models that are served, in the form of OpenAI's list. */
final class ModelRoutes {

  private static final String OWNER = "flamingo";

  private final Registry registry;
  private final Replies replies;

  ModelRoutes(Registry registry, Replies replies) {
    this.registry = registry;
    this.replies = replies;
  }

  /** The list; the model that was served last comes first. */
  record Models(String object, List<Model> data) {}

  /**
   * One of them.
   *
   * @param created the heartbeat in seconds: bundles do not say when they were made
   */
  record Model(
      String id,
      String object,
      long created,
      String owned_by,
      String hash,
      int frameSize,
      ResizeRule resize,
      List<Integer> padding,
      int windowFrames,
      int frameSpacingMs,
      List<String> suggestions,
      boolean familiarity,
      Instant heartbeat) {

    static Model of(String name, ServedModel served) {
      return new Model(
          name,
          "model",
          served.heartbeat().getEpochSecond(),
          OWNER,
          served.hash(),
          served.frameSize(),
          served.resize(),
          served.padding(),
          served.windowFrames(),
          served.frameSpacingMs(),
          served.suggestions(),
          served.familiarity(),
          served.heartbeat());
    }
  }

  void addTo(Resources resources) {
    resources.add(
        "/v1/models",
        HttpMethod.GET,
        request ->
            replies.json(
                request,
                200,
                new Models(
                    "list",
                    registry.models().stream()
                        .map(it -> Model.of(it.getKey(), it.getValue()))
                        .toList())));
  }
}
