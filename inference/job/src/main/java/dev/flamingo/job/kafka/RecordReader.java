package dev.flamingo.job.kafka;

import java.io.Serializable;

/**
 * Makes something of a record, or throws the reason why it cannot.
 *
 * @param <T> what it makes
 */
public interface RecordReader<T> extends Serializable {

  /** Prepares what does not travel with the job. */
  default void open() {}

  /**
   * Reads a record.
   *
   * @param now milliseconds since 1970
   * @throws RuntimeException with a sentence, if the record is none of these
   */
  T read(ReceivedRecord received, long now);
}
