package dev.flamingo.job.answer;

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
 */
public record AnswerLimits(
    Duration grace, Duration startGrace, Duration stale, int waiting, Duration captionEvery)
    implements Serializable {

  /** A second, five after the start, half a minute, 2,048 questions, a caption every 4 seconds. */
  public static final AnswerLimits DEFAULT =
      new AnswerLimits(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          2_048,
          Duration.ofSeconds(4));
}
