package dev.flamingo.job.answer;

import dev.flamingo.settings.Setting;
import java.io.Serializable;
import java.time.Duration;

/**
 * How questions are treated.
 *
 * @param grace how long a question waits for a stream that stands still before its moment
 * @param startGrace the same just after the start, when streams are still being read
 * @param stale how old a window may be at the moment that is asked about
 * @param waiting the most questions that wait
 * @param captionEvery time between captions of a stream
 * @param holdUnfamiliar whether captions of pictures are held back that are not like what the model
 *     was trained on
 */
public record AnswerLimits(
    @Setting("how long a question waits for a stream that stands still before its moment")
        Duration grace,
    @Setting("the same just after the start, when streams are still being read")
        Duration startGrace,
    @Setting("how old a window may be at the moment that is asked about") Duration stale,
    @Setting("the most questions that wait for their moment") int waiting,
    @Setting("time between captions of a stream") Duration captionEvery,
    @Setting("writes no caption of a picture that is not like what the model was trained on")
        boolean holdUnfamiliar)
    implements Serializable {

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if nothing could be answered
   */
  public AnswerLimits {
    if (waiting < 1) {
      throw new IllegalArgumentException(
          "%d waiting questions: allow at least 1".formatted(waiting));
    }
    if (grace.isNegative() || startGrace.isNegative() || stale.isNegative()) {
      throw new IllegalArgumentException(
          "grace %s, start grace %s, stale %s: none may be negative"
              .formatted(grace, startGrace, stale));
    }
    if (captionEvery.toMillis() < 1) {
      throw new IllegalArgumentException(
          "a caption every %d ms: take at least 1 ms".formatted(captionEvery.toMillis()));
    }
  }

  /** A second, five after the start, half a minute, 2,048 questions, a caption every 4 seconds. */
  public static final AnswerLimits DEFAULT =
      new AnswerLimits(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          2_048,
          Duration.ofSeconds(4));

  /** Makes limits that hold no caption back. */
  public AnswerLimits(
      Duration grace, Duration startGrace, Duration stale, int waiting, Duration captionEvery) {
    this(grace, startGrace, stale, waiting, captionEvery, false);
  }

  /** Returns the same, holding captions of unfamiliar pictures back or not. */
  public AnswerLimits withHoldUnfamiliar(boolean hold) {
    return new AnswerLimits(grace, startGrace, stale, waiting, captionEvery, hold);
  }
}
