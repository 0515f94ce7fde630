package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;

/** Hears what becomes of one question. */
interface AnswerListener {

  void delta(AnswerDelta delta);

  /** Hears the end, once. */
  void end(Answer answer);
}
