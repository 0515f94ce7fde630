package dev.flamingo.training.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Reads recipes: JSON that may have comments. An unknown field is an error, never a guess. May be
 * left out: {@code seed} (1), {@code keeps} (all parts), {@code words} (4000); in a stage {@code
 * rate} (1e-4), {@code warmUp} (5000, at most a tenth of the steps), {@code lastRate} (1), {@code
 * decay} (0.1), {@code gateRate} (1), {@code clip} (1), {@code mixture} (accumulate); in a corpus
 * {@code weight} (1), {@code maxTokens} (256), {@code maxMedia} (5), {@code nextMedium} (0.5 for
 * pages, else 0), {@code spaced} (0 for pages, else 0.5), {@code beforeMedia} (true), {@code flip}
 * and {@code colour} (false), {@code flipUnless} (the words for left and right), {@code
 * colourUnless} (the colours' names, day and night).
 */
public final class RecipeReader {

  private static final long MAX_BYTES = 1 << 20;
  private static final Pattern EXPLAINED = Pattern.compile(" \\((?:index|class)|\\R");

  private final JsonMapper json =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /**
   * Reads a recipe.
   *
   * @throws IOException if it cannot be read, with the reason in one sentence
   */
  public Recipe read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no recipe %s: name a file".formatted(file));
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("recipe %s is above %d bytes".formatted(file, MAX_BYTES));
    }
    try {
      JsonNode recipe = json.readTree(Files.readAllBytes(file));
      RecipeDefaults.fill(recipe);
      return json.treeToValue(recipe, Recipe.class);
    } catch (JsonProcessingException e) {
      throw new IOException("recipe %s cannot be read: %s".formatted(file, reason(e)), e);
    }
  }

  /** Returns a recipe with comments that trains a model from nothing on corpora of all forms. */
  public static String example() {
    try (InputStream in =
        Objects.requireNonNull(RecipeReader.class.getResourceAsStream("example.json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String reason(JsonProcessingException e) {
    if (e.getCause() instanceof IllegalArgumentException own) {
      return String.valueOf(own.getMessage());
    }
    // What the library explains further is about its own settings.
    return EXPLAINED.split(e.getOriginalMessage(), 2)[0];
  }
}
