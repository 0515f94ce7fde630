package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;
import dev.flamingo.events.ServedModel;
import dev.flamingo.events.StreamSpec;
import dev.flamingo.events.StreamStatus;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Receives what the topics hold, in their order, on one thread. */
interface LiveListener {

  void answer(Answer answer);

  void delta(AnswerDelta delta);

  void caption(String stream, Answer caption);

  /**
   * Receives the registration of a stream.
   *
   * @param spec null where the stream was removed or its registration cannot be read
   * @param place of the record in the topic
   */
  void registration(String stream, @Nullable StreamSpec spec, TopicPlace place);

  /**
   * Receives the state of a stream.
   *
   * @param status null where there is none any more
   */
  void status(String stream, @Nullable StreamStatus status);

  /**
   * Receives which model is served.
   *
   * @param model null where it is none any more
   */
  void model(String name, @Nullable ServedModel model);

  /** Learns whether all that the compacted topics held was received, and reading goes on. */
  void current(boolean current);

  /** Receives a frame that was made for a model. */
  void frame(ConsumerRecord<String, byte[]> frame);

  /** Receives a picture that was made for people. */
  void picture(ConsumerRecord<String, byte[]> picture);
}
