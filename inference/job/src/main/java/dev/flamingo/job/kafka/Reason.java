package dev.flamingo.job.kafka;

import dev.flamingo.events.MalformedEventException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a record could not be read, in one sentence. */
public final class Reason {

  private static final Logger LOG = LoggerFactory.getLogger(Reason.class);

  private Reason() {}

  /**
   * Returns the sentence of an exception that has one; of any other, which is logged, a general
   * one.
   */
  public static String of(RuntimeException error) {
    if (error instanceof MalformedEventException || error instanceof IllegalArgumentException) {
      return String.valueOf(error.getMessage());
    }
    LOG.error("a record could not be read for an unforeseen reason", error);
    return "the record could not be read: see the job's log";
  }
}
