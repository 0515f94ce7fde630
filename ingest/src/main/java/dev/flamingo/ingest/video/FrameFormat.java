package dev.flamingo.ingest.video;

import dev.flamingo.events.ResizeRule;

/**
 * The form in which a model takes its frames: a square of one size.
 *
 * @param madeFor the model, bundle name and hash; empty for none in particular
 * @param size side of the square in pixels, even
 * @param resize how a picture of another aspect becomes a square
 * @param padding fills what {@link ResizeRule#FIT} leaves free; the model's mean colour disturbs it
 *     least
 */
public record FrameFormat(String madeFor, int size, ResizeRule resize, Rgb padding) {

  /** 96 pixels, the whole picture on grey. */
  public static final FrameFormat DEFAULT =
      new FrameFormat("", 96, ResizeRule.FIT, new Rgb(128, 128, 128));

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if it is odd or out of its range
   */
  public FrameFormat {
    if (size < 16 || size > 4096 || size % 2 != 0) {
      throw new IllegalArgumentException(
          "the frame size must be an even number from 16 to 4096, but was " + size);
    }
  }

  /** The same of another size. */
  public FrameFormat withSize(int pixels) {
    return new FrameFormat(madeFor, pixels, resize, padding);
  }

  /** The same with another colour around the picture. */
  public FrameFormat withPadding(Rgb colour) {
    return new FrameFormat(madeFor, size, resize, colour);
  }

  /** Where a picture goes in the square. */
  PictureLayout layout() {
    return switch (resize) {
      case FIT -> PictureLayout.fit(size);
      case CROP -> PictureLayout.crop(size);
      case SQUASH -> (width, height) -> new PictureLayout.Place(size, size, size, size);
    };
  }
}
