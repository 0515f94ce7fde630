package dev.flamingo.ingest.video;

/** A live source is connected but has gone silent. */
public final class VideoStalledException extends VideoException {

  private static final long serialVersionUID = 1L;

  /**
   * Says what went silent and for how long.
   *
   * @param message one lower-case sentence without credentials
   */
  public VideoStalledException(String message) {
    super(message);
  }
}
