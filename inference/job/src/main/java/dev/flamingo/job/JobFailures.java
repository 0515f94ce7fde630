package dev.flamingo.job;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
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
    if (checkpoint.isPresent() && RestoreFailure.is(error)) {
      throw RestoreFailure.of("the checkpoint " + checkpoint.get(), error, "move it away");
    }
    if (status.isGloballyTerminalState()) {
      throw new IllegalStateException("the job has ended: " + RestoreFailure.reason(error), error);
    }
    if (failure.getTimestamp() != last) {
      last = failure.getTimestamp();
      LOG.warn(
          "the job failed and goes on from its last checkpoint: {}", RestoreFailure.reason(error));
    }
  }
}
