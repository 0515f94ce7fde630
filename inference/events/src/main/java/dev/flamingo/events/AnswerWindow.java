package dev.flamingo.events;

import java.time.Instant;
import java.util.List;

/**
 * What was looked at.
 *
 * @param from when the first frame was captured
 * @param to when the last was
 * @param frames when each was
 */
public record AnswerWindow(Instant from, Instant to, List<Instant> frames) {

  /** Copies the frames. */
  public AnswerWindow {
    frames = List.copyOf(frames);
  }
}
