package dev.flamingo.ingest.video;

import java.util.Optional;

/**
 * What was made of one picture.
 *
 * @param frame for the model; nothing while no model wants frames
 * @param snapshot for people; nothing where none is due
 */
public record TakenPicture(Optional<ModelFrame> frame, Optional<Jpeg> snapshot) {

  /**
   * A frame in the form of a model.
   *
   * @param madeFor the model, bundle name and hash; empty for none in particular
   * @param jpeg the picture
   */
  public record ModelFrame(String madeFor, Jpeg jpeg) {}

  /** A frame alone, for no model in particular. */
  public static TakenPicture frame(int width, int height, byte[] jpeg) {
    return new TakenPicture(
        Optional.of(new ModelFrame("", new Jpeg(width, height, jpeg))), Optional.empty());
  }

  /** The same without a snapshot. */
  TakenPicture withoutSnapshot() {
    return snapshot.isEmpty() ? this : new TakenPicture(frame, Optional.empty());
  }
}
