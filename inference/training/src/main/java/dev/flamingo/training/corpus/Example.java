package dev.flamingo.training.corpus;

import java.util.List;

/**
 * A document as a model reads it: texts and media in any order. A pair is a medium and a text; a
 * page may have several texts or media in a row.
 *
 * @param parts the texts and media, at least one
 */
public record Example(List<Part> parts) {

  /**
   * Copies the parts.
   *
   * @throws IllegalArgumentException if there are none
   */
  public Example {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("an example needs parts: leave empty ones out");
    }
  }

  /** Returns a medium with its text. */
  public static Example pair(Media media, String text) {
    return new Example(List.of(media, new Text(text)));
  }

  /** A text or a medium. */
  public sealed interface Part permits Text, Media {}

  /**
   * A text.
   *
   * @param text without space around it
   */
  public record Text(String text) implements Part {}

  /**
   * A picture or a video.
   *
   * @param jpegs complete JPEG files: one of a picture, up to 30 of a video, a second or more apart
   */
  public record Media(List<byte[]> jpegs) implements Part {

    /** The most frames of a video. */
    public static final int MOST_FRAMES = 30;

    /**
     * Copies the list; the files are shared.
     *
     * @throws IllegalArgumentException if there are none or more than 30
     */
    public Media {
      jpegs = List.copyOf(jpegs);
      if (jpegs.isEmpty() || jpegs.size() > MOST_FRAMES) {
        throw new IllegalArgumentException(
            "a medium has 1 to %d frames, but got %d".formatted(MOST_FRAMES, jpegs.size()));
      }
    }

    /** Returns a picture. */
    public static Media picture(byte[] jpeg) {
      return new Media(List.of(jpeg));
    }
  }
}
