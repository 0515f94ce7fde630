package dev.flamingo.job.answer;

import dev.flamingo.events.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What comes of a question whose stream has reached its moment: a task, or a failure.
 *
 * @param task what the model is asked; null where it fails
 * @param code why it fails; null where it does not
 * @param why the same in a sentence; null where it does not
 */
record Settled(@Nullable AnswerTask task, @Nullable ErrorCode code, @Nullable String why) {

  static Settled with(AnswerTask task) {
    return new Settled(task, null, null);
  }

  static Settled failed(ErrorCode code, String why) {
    return new Settled(null, code, why);
  }
}
