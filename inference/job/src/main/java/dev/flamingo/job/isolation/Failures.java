package dev.flamingo.job.isolation;

import dev.flamingo.job.state.UnreadableStateException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs the records that an operator failed on, and lets Flink's own failures pass. */
public final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final String operator;
  private final Counter failed;

  Failures(RuntimeContext context) {
    operator = context.getTaskInfo().getTaskName();
    failed = context.getMetricGroup().counter("recordsFailed");
  }

  /**
   * Takes note of a failure.
   *
   * @throws RuntimeException as {@link #passFlinks}
   */
  void note(RuntimeException error) {
    passFlinks(error);
    failed.inc();
    LOG.error("a record failed in {} and is passed over", operator, error);
  }

  /**
   * Throws a failure on that is not of a record: an operator behind this one that fails, a task
   * that is cancelled or a state that cannot be read must fail the job, or data is lost.
   *
   * @throws RuntimeException the same, if it is one of Flink's
   */
  public static void passFlinks(RuntimeException error) {
    if (error instanceof UncheckedIOException
        || error instanceof UnreadableStateException
        || error.getClass().getName().startsWith("org.apache.flink.")) {
      throw error;
    }
  }
}
