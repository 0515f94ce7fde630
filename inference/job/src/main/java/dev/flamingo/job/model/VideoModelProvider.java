package dev.flamingo.job.model;

import java.io.IOException;
import java.io.Serializable;

/**
 * Opens the model where the job runs. It travels with the job; those that are equal share one model
 * in a JVM, so implementations are values.
 */
@FunctionalInterface
public interface VideoModelProvider extends Serializable {

  /**
   * Opens the model; the caller closes it.
   *
   * @throws IOException if it cannot be read
   */
  VideoModel open() throws IOException;
}
