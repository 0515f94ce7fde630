package dev.flamingo.training.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Fills in what a recipe may leave out, by the paper's values where it has them. */
final class RecipeDefaults {

  private static final int WARM_UP = 5_000;
  private static final List<String> SIDES =
      List.of("left", "right", "leftward", "rightward", "leftwards", "rightwards");
  private static final List<String> COLOURS =
      List.of(
          "red", "green", "blue", "yellow", "white", "black", "orange", "purple", "pink", "brown",
          "gray", "grey", "color", "colour", "day", "night");

  private RecipeDefaults() {}

  static void fill(JsonNode recipe) {
    if (recipe instanceof ObjectNode object) {
      for (String field : List.of("from", "preset", "tokenizer")) {
        if (!object.has(field)) {
          object.putNull(field);
        }
      }
      if (!object.has("keeps")) {
        List.of("encoder", "resampler", "cross-attention", "language")
            .forEach(object.putArray("keeps")::add);
      }
      number(object, "seed", 1);
      number(object, "words", 4_000);
    }
    for (JsonNode stage : recipe.path("stages")) {
      if (stage instanceof ObjectNode object) {
        stage(object);
      }
    }
  }

  private static void stage(ObjectNode stage) {
    number(stage, "rate", 1e-4);
    number(stage, "warmUp", Math.min(WARM_UP, stage.path("steps").asInt() / 10));
    number(stage, "lastRate", 1);
    number(stage, "decay", 0.1);
    number(stage, "gateRate", 1);
    number(stage, "clip", 1);
    if (!stage.has("mixture")) {
      stage.put("mixture", "accumulate");
    }
    for (JsonNode corpus : stage.path("corpora")) {
      if (corpus instanceof ObjectNode object) {
        corpus(object);
      }
    }
  }

  private static void corpus(ObjectNode corpus) {
    boolean pages = corpus.path("kind").asText().equalsIgnoreCase("pages");
    number(corpus, "weight", 1);
    number(corpus, "maxTokens", 256);
    number(corpus, "maxMedia", 5);
    number(corpus, "nextMedium", pages ? 0.5 : 0);
    number(corpus, "spaced", pages ? 0 : 0.5);
    truth(corpus, "beforeMedia", true);
    truth(corpus, "flip", false);
    truth(corpus, "colour", false);
    words(corpus, "flipUnless", SIDES);
    words(corpus, "colourUnless", COLOURS);
  }

  private static void number(ObjectNode object, String field, double value) {
    if (!object.has(field)) {
      if (value == Math.rint(value)) {
        object.put(field, (long) value);
      } else {
        object.put(field, value);
      }
    }
  }

  private static void truth(ObjectNode object, String field, boolean value) {
    if (!object.has(field)) {
      object.put(field, value);
    }
  }

  private static void words(ObjectNode object, String field, List<String> words) {
    if (!object.has(field)) {
      words.forEach(object.putArray(field)::add);
    }
  }
}
