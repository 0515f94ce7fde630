package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;
import dev.flamingo.events.StreamStatus;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hears what happens in the topics, in their order, on one thread. */
interface LiveListener {

  void answer(Answer answer);

  void delta(AnswerDelta delta);

  void caption(String stream, Answer caption);

  void status(String stream, StreamStatus status);

  void frame(ConsumerRecord<String, byte[]> frame);
}
