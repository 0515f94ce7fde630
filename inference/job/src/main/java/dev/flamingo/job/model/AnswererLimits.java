package dev.flamingo.job.model;

import dev.flamingo.settings.Setting;
import java.io.Serializable;

/**
 * How much the language model takes on.
 *
 * @param rows answers that are made at the same time; captions are at most half of them
 * @param waiting the most questions that may wait for a row
 * @param captions the most captions that may
 */
public record AnswererLimits(
    @Setting("answers that are made at the same time; captions are at most half of them") int rows,
    @Setting("the most questions that may wait for a row") int waiting,
    @Setting("the most captions that may") int captions)
    implements Serializable {

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if nothing could be answered
   */
  public AnswererLimits {
    if (rows < 1 || waiting < 1 || captions < 1) {
      throw new IllegalArgumentException(
          "%d rows, %d questions and %d captions waiting: allow at least one of each"
              .formatted(rows, waiting, captions));
    }
  }
}
