package dev.flamingo.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a stream does; its id is the record's key.
 *
 * @param since since when
 * @param reason why, in one sentence; null where there is nothing to explain
 */
public record StreamStatus(StreamState state, Instant since, @Nullable String reason) {

  /**
   * Checks the required fields.
   *
   * @throws IllegalArgumentException if it does not
   */
  public StreamStatus {
    if (state == null || since == null) {
      throw new IllegalArgumentException("a stream's status needs a state and a since");
    }
  }
}
