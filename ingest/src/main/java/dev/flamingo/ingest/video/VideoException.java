package dev.flamingo.ingest.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_ERROR_MAX_STRING_SIZE;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.nio.charset.StandardCharsets;

/**
 * Video cannot be read or written. The message is one sentence, free of credentials, fit for a
 * user's eyes.
 */
public sealed class VideoException extends RuntimeException
    permits VideoStalledException, VideoLoginException {

  private static final long serialVersionUID = 1L;

  /**
   * Says what went wrong.
   *
   * @param message one lower-case sentence without credentials
   */
  public VideoException(String message) {
    super(message);
  }

  static VideoException of(String what, int code) {
    return new VideoException(what + ": " + describe(code));
  }

  static int check(String what, int code) {
    if (code < 0) {
      throw of(what, code);
    }
    return code;
  }

  /** FFmpeg's words for one of its error codes. */
  static String describe(int code) {
    byte[] text = new byte[AV_ERROR_MAX_STRING_SIZE];
    av_strerror(code, text, text.length);
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    String words = new String(text, 0, length, StandardCharsets.UTF_8);
    return Character.toLowerCase(words.charAt(0)) + words.substring(1);
  }
}
