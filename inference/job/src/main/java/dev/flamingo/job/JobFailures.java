package dev.flamingo.job;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.client.JobInitializationException;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.state.BackendBuildingException;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.StateMigrationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells failures that a job recovers from, which are logged, from those that it never does. */
final class JobFailures {

  private static final Logger LOG = LoggerFactory.getLogger(JobFailures.class);

  private final Optional<Path> checkpoint;
  private long last;

  /**
   * Knows what the job goes on from.
   *
   * @param checkpoint empty if from none
   */
  JobFailures(Optional<Path> checkpoint) {
    this.checkpoint = checkpoint;
  }

  /**
   * Looks at how a job is.
   *
   * @param failure its last one; null if there was none
   * @throws IllegalStateException if the job has ended, or its checkpoint does not fit
   */
  void look(JobStatus status, @Nullable ErrorInfo failure) {
    if (failure == null) {
      if (status.isGloballyTerminalState()) {
        throw new IllegalStateException("the job has ended: it is " + status);
      }
      return;
    }
    Throwable error =
        failure.getException().deserializeError(Thread.currentThread().getContextClassLoader());
    if (checkpoint.isPresent() && isOfRestoring(error)) {
      throw new IllegalStateException(
          ("the checkpoint %s does not fit this version (%s): start the version that wrote it, or"
                  + " move it away to go on from the group's place in the topics, without the"
                  + " questions that it holds")
              .formatted(checkpoint.get(), reason(error)),
          error);
    }
    if (status.isGloballyTerminalState()) {
      throw new IllegalStateException("the job has ended: " + reason(error), error);
    }
    if (failure.getTimestamp() != last) {
      last = failure.getTimestamp();
      LOG.warn("the job failed and goes on from its last checkpoint: {}", reason(error));
    }
  }

  private static boolean isOfRestoring(Throwable error) {
    return ExceptionUtils.findThrowable(error, JobInitializationException.class).isPresent()
        || ExceptionUtils.findThrowable(error, BackendBuildingException.class).isPresent()
        || ExceptionUtils.findThrowable(error, StateMigrationException.class).isPresent();
  }

  private static String reason(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
