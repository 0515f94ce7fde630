package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerDelta;
import dev.flamingo.events.CloudEvents;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Question;
import dev.flamingo.events.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Publishes questions and tells those who asked what becomes of them. Used from one thread, the
 * loop.
 */
final class QuestionDesk {

  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final int MOST = 50_000;

  /** Half of what the producer holds before it would make the loop wait. */
  private static final long MOST_BYTES = 16L << 20;

  private final Topics topics;
  private final Producer<String, byte[]> producer;
  private final InstantSource clock;
  private final Executor loop;
  private final CloudEvents events = new CloudEvents("/flamingo/gateway");
  private final JsonSerde<Question> questions = new JsonSerde<>(Question.class);
  private final Map<String, Open> open = new HashMap<>();
  private long bytesUnderWay;

  private record Open(Question question, Instant deadline, AnswerListener listener) {}

  QuestionDesk(
      Topics topics, Producer<String, byte[]> producer, InstantSource clock, Executor loop) {
    this.topics = topics;
    this.producer = producer;
    this.clock = clock;
    this.loop = loop;
  }

  /** Returns whether a question with this id waits. */
  boolean waits(String id) {
    return open.containsKey(id);
  }

  boolean full() {
    return open.size() >= MOST;
  }

  int waiting() {
    return open.size();
  }

  /**
   * Publishes a question.
   *
   * @param question has an id that no other has
   */
  void ask(Question question, AnswerListener listener) {
    String id = Objects.requireNonNull(question.id());
    Duration wait = Duration.ofMillis(question.deadlineMillis()).plus(GRACE);
    open.put(id, new Open(question.withoutExamples(), clock.instant().plus(wait), listener));
    publish(question, id, "dev.flamingo.question.v1");
  }

  /** Publishes the withdrawal of a question; its end comes as that of any other. */
  void cancel(String id) {
    Open waiting = open.get(id);
    if (waiting != null) {
      Question withdrawal = Question.cancelling(id, waiting.question().stream());
      publish(withdrawal, id + "-cancel", "dev.flamingo.question.cancelled.v1");
    }
  }

  /** Lets go of a question whose asker is gone. */
  void forget(String id) {
    open.remove(id);
  }

  private void publish(Question question, String eventId, String type) {
    Question kept = question.withoutExamples();
    byte[] value = questions.write(question);
    int bytes = value.length;
    if (bytesUnderWay + bytes > MOST_BYTES) {
      hear(failed(kept, ErrorCode.OVERLOADED, "kafka is behind: ask again later"));
      return;
    }
    bytesUnderWay += bytes;
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topics.questions(), question.stream(), value);
    events.writeTo(record.headers(), eventId, type, clock.instant());
    var unused =
        producer.send(
            record,
            (metadata, error) ->
                loop.execute(
                    () -> {
                      bytesUnderWay -= bytes;
                      if (error != null) {
                        hear(lost(kept, error));
                      }
                    }));
  }

  private static Answer lost(Question question, Exception error) {
    return error instanceof RecordTooLargeException
        ? failed(
            question,
            ErrorCode.BAD_QUESTION,
            "the question is too large for a record: show fewer examples or smaller images")
        : failed(question, ErrorCode.INTERNAL, "kafka did not take the question: ask again later");
  }

  private static Answer failed(Question question, ErrorCode code, String message) {
    return Answer.failed(
        Objects.requireNonNull(question.id()), question.text(), question.stream(), code, message);
  }

  void hear(AnswerDelta delta) {
    Open waiting = open.get(delta.id());
    if (waiting != null) {
      waiting.listener().delta(delta);
    }
  }

  /** The first final answer ends the question; later ones find nobody who waits. */
  void hear(Answer answer) {
    Open waiting = open.remove(answer.id());
    if (waiting != null) {
      waiting.listener().end(answer);
    }
  }

  /** Ends the questions that nobody answered in time. */
  void expire() {
    Instant now = clock.instant();
    List<Open> late =
        open.values().stream().filter(waiting -> now.isAfter(waiting.deadline())).toList();
    for (Open waiting : late) {
      Question question = waiting.question();
      hear(
          failed(
              question,
              ErrorCode.DEADLINE,
              "nobody answered within %d ms: see whether the job runs"
                  .formatted(question.deadlineMillis())));
    }
  }
}
