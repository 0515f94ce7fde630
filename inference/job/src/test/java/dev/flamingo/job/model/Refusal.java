package dev.flamingo.job.model;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** Why a request was refused: a full queue and a closed one refuse alike, but for the reason. */
final class Refusal {

  private Refusal() {}

  /** Returns the reason, empty while the request is not refused. */
  static String of(CompletableFuture<?> request) {
    if (!request.isCompletedExceptionally()) {
      return "";
    }
    return request.handle((result, error) -> error).join()
            instanceof RejectedExecutionException refused
        ? String.valueOf(refused.getMessage())
        : "";
  }
}
