package dev.flamingo.job.isolation;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What comes of a record whose processing failed.
 *
 * @param <I> the record
 * @param <O> what leaves the operator instead
 */
@FunctionalInterface
public interface FailedRecord<I, O> extends Serializable {

  /**
   * Returns what leaves the operator; null for nothing.
   *
   * @param now milliseconds since 1970
   */
  @Nullable O of(I record, long now);

  /** Returns that nothing leaves the operator: the failure is logged and counted. */
  static <I, O> FailedRecord<I, O> passedOver() {
    return (record, now) -> null;
  }
}
