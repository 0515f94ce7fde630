package dev.flamingo.model.bundle;

/** How a picture of any aspect becomes the model's square. */
public enum Resize {
  /** The whole picture with its aspect kept, centred; the rest has the padding's colour. */
  FIT,
  /** The aspect kept and the square filled; what does not fit is cut off on both sides. */
  CROP,
  /** The whole picture, stretched to the square. */
  SQUASH
}
