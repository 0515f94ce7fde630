package dev.flamingo.job.state;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * State that this version cannot read. Starting the job again would not help, so Flink ends it
 * instead, on a cluster, too.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class UnreadableStateException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private UnreadableStateException(String message) {
    super(message);
  }

  static UnreadableStateException ofVersion(String name, int version, int newest) {
    return new UnreadableStateException(
        "its %s records have version %d, and this version reads 1 to %d"
            .formatted(name, version, newest));
  }

  static UnreadableStateException ofOther(String name, String other) {
    return new UnreadableStateException(
        "where this version keeps %s records, it holds others: %s".formatted(name, other));
  }

  static UnreadableStateException ofKind(String name) {
    return new UnreadableStateException(
        "it holds %s records, which this version does not know".formatted(name));
  }
}
