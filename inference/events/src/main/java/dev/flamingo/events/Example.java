package dev.flamingo.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answered example, to learn from in context. It shows either an image or a window.
 *
 * @param image a JPEG in base64, or as a data URI
 * @param window a time of the stream that is asked about
 * @param question what was asked
 * @param answer what is right
 */
public record Example(
    @Nullable String image, @Nullable Window window, String question, String answer) {

  private static final int MOST = 32;
  private static final int LONGEST_TEXT = 1_000;

  /** Leaves room in a record of {@link Topics} for all texts. */
  private static final int MOST_IMAGE_CHARACTERS = 800_000;

  private static final String DATA_URI = "data:image/jpeg;base64,";

  /**
   * A time of a stream: in JSON {@code {"from": ..., "to": ...}}, as in an answer, or one instant.
   *
   * @param from its first moment
   * @param to its last; the same for one moment
   */
  public record Window(Instant from, Instant to) {

    /**
     * Reads one instant.
     *
     * @throws IllegalArgumentException if it is none
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Window at(String instant) {
      Instant moment = EventInstant.parse("a window of one moment", instant);
      return new Window(moment, moment);
    }

    /** Reads both ends. */
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public static Window of(
        @JsonProperty(value = "from", required = true) Instant from,
        @JsonProperty(value = "to", required = true) Instant to) {
      return new Window(from, to);
    }
  }

  /** Returns an example with an image. */
  public static Example of(String image, String question, String answer) {
    return new Example(image, null, question, answer);
  }

  /**
   * Returns the bytes of the image; null where there is none.
   *
   * @throws IllegalArgumentException if it is not base64
   */
  public byte @Nullable [] jpeg() {
    if (image == null) {
      return null;
    }
    String text = image.startsWith(DATA_URI) ? image.substring(DATA_URI.length()) : image;
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "an example's image is not a jpeg in base64 or a data uri of image/jpeg", e);
    }
  }

  /**
   * Checks a list of examples.
   *
   * @throws IllegalArgumentException if there are too many, or one is wrong
   */
  static void check(List<Example> examples) {
    require(examples.size() <= MOST, "give at most 32 examples");
    long characters = 0;
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      String name = "example " + (i + 1);
      require(example != null, name + " is null: leave it out");
      require(
          (example.image == null) != (example.window == null),
          name + " must show either an image or a window");
      require(isText(example.question), name + " needs a question of 1 to 1000 characters");
      require(isText(example.answer), name + " needs an answer of 1 to 1000 characters");
      Window window = example.window;
      require(
          window == null
              || (window.from != null && window.to != null && !window.from.isAfter(window.to)),
          name + " has a window that ends before it begins");
      if (window != null) {
        var unusedFrom = EventInstant.within("the window of " + name, window.from);
        var unusedTo = EventInstant.within("the window of " + name, window.to);
      }
      characters += example.image == null ? 0 : example.image.length();
    }
    require(
        characters <= MOST_IMAGE_CHARACTERS,
        "the images of all examples must have at most 800000 characters: send smaller pictures");
  }

  private static boolean isText(@Nullable String text) {
    return text != null && !text.isBlank() && Question.characters(text) <= LONGEST_TEXT;
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
