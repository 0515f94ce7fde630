package dev.flamingo.job.model;

import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

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

  /**
   * Returns what others may know of the model before it is open; nothing where only the open model
   * knows.
   *
   * @throws IOException if it cannot be read
   */
  default Optional<ModelDescription> description() throws IOException {
    return Optional.empty();
  }
}
