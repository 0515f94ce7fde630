package dev.flamingo.job.answer;

import dev.flamingo.events.Example;
import dev.flamingo.job.state.StoredExampleV1;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed example of a question or support.
 *
 * @param image a JPEG, as received; null where it shows a window
 * @param from the window's first moment, milliseconds since 1970, or null
 * @param to its last, or null
 * @param question what was asked
 * @param answer what is right
 */
public record AskedExample(
    byte @Nullable [] image,
    @Nullable Long from,
    @Nullable Long to,
    String question,
    String answer) {

  /** No examples. */
  static final AskedExample[] NONE = {};

  /**
   * Makes them of events that are checked already.
   *
   * @throws IllegalArgumentException if an image is not base64
   */
  static AskedExample[] of(@Nullable List<Example> examples) {
    return examples == null
        ? NONE
        : examples.stream().map(AskedExample::of).toArray(AskedExample[]::new);
  }

  static StoredExampleV1[] stored(AskedExample[] examples) {
    return Arrays.stream(examples)
        .map(
            example ->
                new StoredExampleV1(
                    example.image, example.from, example.to, example.question, example.answer))
        .toArray(StoredExampleV1[]::new);
  }

  static AskedExample[] of(StoredExampleV1[] stored) {
    return Arrays.stream(stored)
        .map(
            example ->
                new AskedExample(
                    example.image(),
                    example.from(),
                    example.to(),
                    example.question(),
                    example.answer()))
        .toArray(AskedExample[]::new);
  }

  private static AskedExample of(Example example) {
    Example.Window window = example.window();
    return new AskedExample(
        example.jpeg(),
        window == null ? null : (Long) window.from().toEpochMilli(),
        window == null ? null : (Long) window.to().toEpochMilli(),
        example.question(),
        example.answer());
  }
}
