package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.MalformedEventException;
import dev.flamingo.events.ServedModel;
import dev.flamingo.events.StreamSpec;
import dev.flamingo.events.StreamStatus;
import dev.flamingo.events.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the events in records. What cannot be read is passed over, whatever is wrong with it. */
final class TailReader {

  private static final Logger LOG = LoggerFactory.getLogger(TailReader.class);

  private final Topics topics;
  private final LiveListener listener;
  private final JsonSerde<Answer> answers = new JsonSerde<>(Answer.class);
  private final JsonSerde<AnswerDelta> deltas = new JsonSerde<>(AnswerDelta.class);
  private final JsonSerde<StreamStatus> states = new JsonSerde<>(StreamStatus.class);
  private final JsonSerde<StreamSpec> specs = new JsonSerde<>(StreamSpec.class);
  private final JsonSerde<ServedModel> models = new JsonSerde<>(ServedModel.class);

  TailReader(Topics topics, LiveListener listener) {
    this.topics = topics;
    this.listener = listener;
  }

  void read(ConsumerRecord<String, byte[]> record) {
    String topic = record.topic();
    String key = record.key();
    if (key == null) {
      return;
    }
    if (topic.equals(topics.streams())) {
      StreamSpec spec = readable(specs, record);
      listener.registration(key, spec, new TopicPlace(record.partition(), record.offset()));
    } else if (topic.equals(topics.streamStatus())) {
      listener.status(key, readable(states, record));
    } else if (topic.equals(topics.models())) {
      listener.model(key, readable(models, record));
    } else if (topic.equals(topics.frames())) {
      if (record.value() != null) {
        listener.frame(record);
      }
    } else if (topic.equals(topics.pictures())) {
      if (record.value() != null) {
        listener.picture(record);
      }
    } else if (topic.equals(topics.answerDeltas())) {
      AnswerDelta delta = readable(deltas, record);
      if (delta != null) {
        listener.delta(delta);
      }
    } else {
      Answer answer = readable(answers, record);
      if (answer != null && topic.equals(topics.answers())) {
        listener.answer(answer);
      } else if (answer != null) {
        listener.caption(key, answer);
      }
    }
  }

  private static <T> @Nullable T readable(JsonSerde<T> serde, ConsumerRecord<String, byte[]> from) {
    if (from.value() == null) {
      return null;
    }
    try {
      return serde.read(from.value());
    } catch (MalformedEventException e) {
      // The views bury what is malformed in answers and captions.
      LOG.debug("passed over {}-{}@{}", from.topic(), from.partition(), from.offset());
    } catch (RuntimeException e) {
      LOG.warn(
          "cannot read {}-{}@{}: {}", from.topic(), from.partition(), from.offset(), e.toString());
    }
    return null;
  }
}
