package dev.flamingo.job.model;

import dev.flamingo.settings.Setting;
import java.io.Serializable;
import java.time.Duration;

/**
 * How single requests become batches.
 *
 * @param size the largest batch
 * @param linger how long a batch that is not full waits for more
 * @param waiting the most requests that may wait
 */
public record BatchLimits(
    @Setting("the largest batch") int size,
    @Setting("how long a batch that is not full waits for more") Duration linger,
    @Setting("the most requests that may wait") int waiting)
    implements Serializable {

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if a batch would be empty or wait a negative time
   */
  public BatchLimits {
    if (size < 1 || waiting < 1 || linger.isNegative()) {
      throw new IllegalArgumentException(
          "a batch of %d, linger %s, %d waiting: sizes must be at least 1 and linger at least 0"
              .formatted(size, linger, waiting));
    }
  }
}
