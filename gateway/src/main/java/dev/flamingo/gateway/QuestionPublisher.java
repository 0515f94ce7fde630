package dev.flamingo.gateway;

import dev.flamingo.events.Answer;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Question;
import dev.flamingo.events.Topics;
import io.vertx.core.Future;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Writes questions and their withdrawals to Kafka. */
final class QuestionPublisher {

  private final Topics topics;
  private final Publisher publisher;
  private final JsonSerde<Question> questions = new JsonSerde<>(Question.class);

  QuestionPublisher(Topics topics, Publisher publisher) {
    this.topics = topics;
    this.publisher = publisher;
  }

  /**
   * Writes a question.
   *
   * @param open the same without its examples
   * @return completes when Kafka has it; {@link #lost} says what became of it otherwise
   */
  Future<Void> ask(Question question, OpenQuestion open) {
    return send(question, open.key(), "dev.flamingo.question.v1");
  }

  /** Writes the withdrawal of a question; completes when Kafka has it. */
  Future<Void> withdraw(OpenQuestion open) {
    return send(
        Question.cancelling(open.key(), open.question().stream()),
        open.key() + "-cancel",
        "dev.flamingo.question.cancelled.v1");
  }

  private Future<Void> send(Question question, String event, String type) {
    return publisher
        .send(topics.questions(), question.stream(), questions.write(question), event, type)
        .mapEmpty();
  }

  /** Returns the end of a question that Kafka did not take. */
  static Answer lost(OpenQuestion open, Throwable error) {
    if (error instanceof BufferExhaustedException) {
      return open.failure(ErrorCode.OVERLOADED, "kafka is behind: ask again later");
    }
    return error instanceof RecordTooLargeException
        ? open.failure(
            ErrorCode.BAD_QUESTION,
            "the question is too large for a record: show fewer examples or smaller images")
        : open.failure(ErrorCode.INTERNAL, "kafka did not take the question: ask again later");
  }
}
