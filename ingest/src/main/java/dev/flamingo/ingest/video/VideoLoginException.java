package dev.flamingo.ingest.video;

/**
 * A source refuses the user and the password of its address, or wants some. Cameras lock an account
 * after a few wrong attempts: try again rarely.
 */
public final class VideoLoginException extends VideoException {

  private static final long serialVersionUID = 1L;

  /**
   * Describes what was refused.
   *
   * @param message one lower-case sentence without credentials
   */
  public VideoLoginException(String message) {
    super(message);
  }
}
