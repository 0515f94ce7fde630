package dev.flamingo.job.answer;

import dev.flamingo.events.Answer;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Question;
import dev.flamingo.events.QuestionOutline;
import dev.flamingo.events.Topics;
import dev.flamingo.job.kafka.OutboundRecord;
import dev.flamingo.job.kafka.Reason;
import dev.flamingo.job.kafka.ReceivedRecord;
import dev.flamingo.job.kafka.SideDoor;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Reads questions. One that is wrong becomes a dead letter and, where it is at least a JSON object
 * or its id can be read, a failed answer too. One that comes after its deadline fails at once.
 */
public final class ReadQuestions extends ProcessFunction<ReceivedRecord, ReceivedQuestion> {

  private static final long serialVersionUID = 1;
  private static final String TYPE = "ce_type";

  private final String prefix;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient JsonSerde<Question> questions;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient AnswerRecords answers;

  /** Makes one for topics of this prefix. */
  public ReadQuestions(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public void open(OpenContext context) {
    questions = new JsonSerde<>(Question.class);
    answers = new AnswerRecords(new Topics(prefix));
  }

  @Override
  public void processElement(
      ReceivedRecord received, Context context, Collector<ReceivedQuestion> read) {
    long now = context.timerService().currentProcessingTime();
    ReceivedQuestion question;
    try {
      question = inTime(read(received, now), now);
    } catch (RuntimeException e) {
      String why = Reason.of(e);
      context.output(
          SideDoor.OUTBOUND,
          OutboundRecord.deadLetter(
              new Topics(prefix), received, ErrorCode.BAD_QUESTION.wireName(), why));
      question = refused(received, why, now);
    }
    if (question != null) {
      read.collect(question);
    }
  }

  private AskedQuestion read(ReceivedRecord received, long now) {
    byte[] value = received.value();
    if (value == null) {
      throw new IllegalArgumentException("a question needs a value");
    }
    if (received.timestamp() < 0) {
      throw new IllegalArgumentException("a question needs a timestamp: when it was asked");
    }
    Question question = questions.read(value);
    if (Question.WITHDRAWAL.equals(received.header(TYPE))) {
      question.checkWithdrawal();
    } else {
      question.check();
    }
    return AskedQuestion.of(
        question,
        idOf(question.id(), received),
        received.timestamp(),
        now,
        received.header(Question.REPLAY) != null);
  }

  private ReceivedQuestion inTime(AskedQuestion asked, long now) {
    if (asked.cancel() || now <= asked.deadline()) {
      return ReceivedQuestion.asked(asked);
    }
    String late =
        "the question was read %d ms after its deadline of %d ms: ask again, with the present time"
            .formatted(now - asked.deadline(), asked.deadlineMillis());
    return ReceivedQuestion.refused(
        asked.id(),
        asked.stream(),
        record(asked.id(), asked.text(), asked.stream(), ErrorCode.DEADLINE, late, now));
  }

  private @Nullable ReceivedQuestion refused(ReceivedRecord received, String why, long now) {
    QuestionOutline outline = QuestionOutline.of(received.value());
    if (!outline.isObject() && outline.id() == null) {
      return null;
    }
    String id = idOf(outline.id(), received);
    return ReceivedQuestion.refused(
        id,
        outline.stream(),
        record(id, outline.text(), outline.stream(), ErrorCode.BAD_QUESTION, why, now));
  }

  private OutboundRecord record(
      String id,
      @Nullable String text,
      @Nullable String stream,
      ErrorCode code,
      String why,
      long now) {
    return answers.of(Answer.failed(id, text, stream, code, why), Instant.ofEpochMilli(now));
  }

  private static String idOf(@Nullable String id, ReceivedRecord received) {
    return id != null ? id : "q-" + received.partition() + "-" + received.offset();
  }
}
