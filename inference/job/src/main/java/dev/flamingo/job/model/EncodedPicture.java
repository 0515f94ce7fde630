package dev.flamingo.job.model;

import org.jspecify.annotations.Nullable;

/**
 * What became of a picture.
 *
 * @param features what the encoder made of it, null where it is broken
 * @param problem why it is broken, null where it is not
 */
public record EncodedPicture(byte @Nullable [] features, @Nullable String problem) {

  /** Returns an encoded picture. */
  public static EncodedPicture of(byte[] features) {
    return new EncodedPicture(features, null);
  }

  /** Returns a picture that cannot be read. */
  public static EncodedPicture broken(String problem) {
    return new EncodedPicture(null, problem);
  }
}
