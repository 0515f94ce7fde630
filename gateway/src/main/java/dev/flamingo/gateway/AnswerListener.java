package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;

/** Receives what becomes of one question: it is refused, or created and then ended, once. */
interface AnswerListener {

  /**
   * Learns that the question is accepted.
   *
   * @param key the question's id on the topics
   * @param stream which camera
   */
  void created(String key, String stream);

  void delta(AnswerDelta delta);

  void end(Answer answer);

  /** Learns why the question is not accepted. */
  void refused(HttpError why);
}
