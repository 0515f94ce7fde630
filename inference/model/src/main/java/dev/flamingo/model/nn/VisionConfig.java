package dev.flamingo.model.nn;

/** The shape of a vision encoder. */
public sealed interface VisionConfig permits NfnetConfig, ClipVitConfig {

  /** Returns the number of channels of a patch. */
  int width();

  /**
   * Returns the number of patches that a square picture becomes.
   *
   * @param imageSize side of the picture in pixels
   * @throws IllegalArgumentException if the encoder does not read pictures of that size
   */
  int patches(int imageSize);
}
