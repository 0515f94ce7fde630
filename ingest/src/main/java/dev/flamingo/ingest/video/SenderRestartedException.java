package dev.flamingo.ingest.video;

/** Thrown where a sender has started anew, so that opening its address again gives its pictures. */
final class SenderRestartedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SenderRestartedException(String message) {
    super(message);
  }
}
