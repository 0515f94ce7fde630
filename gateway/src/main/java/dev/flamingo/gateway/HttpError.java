package dev.flamingo.gateway;

import dev.flamingo.events.ErrorCode;

/** A request that cannot be served: the status, a code and a sentence. */
final class HttpError extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  HttpError(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  static int status(ErrorCode code) {
    return switch (code) {
      case BAD_QUESTION -> 422;
      case UNKNOWN_STREAM, NO_VIDEO -> 404;
      case DEADLINE -> 504;
      case OVERLOADED -> 429;
      case INTERNAL -> 500;
    };
  }
}
