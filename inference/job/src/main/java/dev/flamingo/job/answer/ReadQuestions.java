package dev.flamingo.job.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flamingo.events.Answer;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.EventJson;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.MalformedEventException;
import dev.flamingo.events.Question;
import dev.flamingo.events.Topics;
import dev.flamingo.job.kafka.OutboundRecord;
import dev.flamingo.job.kafka.ReceivedRecord;
import dev.flamingo.job.kafka.SideDoor;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Reads questions. One that is wrong becomes a dead letter and, where it is at least a JSON object,
 * a failed answer too, so that whoever asked is not left in silence.
 */
public final class ReadQuestions extends ProcessFunction<ReceivedRecord, AskedQuestion> {

  private static final long serialVersionUID = 1;
  private static final int LONGEST_ID = 200;
  private static final int LONGEST_TEXT = 1_000;

  private final String prefix;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient JsonSerde<Question> questions;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient ObjectMapper json;

  @SuppressWarnings("NullAway.Init") // set by open()
  private transient AnswerRecords answers;

  /** Makes one for topics of this prefix. */
  public ReadQuestions(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public void open(OpenContext context) {
    questions = new JsonSerde<>(Question.class);
    json = EventJson.mapper();
    answers = new AnswerRecords(new Topics(prefix));
  }

  @Override
  public void processElement(
      ReceivedRecord received, Context context, Collector<AskedQuestion> asked) {
    try {
      asked.collect(read(received));
    } catch (MalformedEventException | IllegalArgumentException e) {
      refuse(received, String.valueOf(e.getMessage()), context);
    }
  }

  private AskedQuestion read(ReceivedRecord received) {
    byte[] value = received.value();
    if (value == null) {
      throw new IllegalArgumentException("a question needs a value");
    }
    Question question = questions.read(value);
    question.check();
    if (question.standing() != null) {
      throw new IllegalArgumentException("standing is not supported by this version: leave it out");
    }
    return AskedQuestion.of(question, idOf(question.id(), received), received.timestamp());
  }

  private void refuse(ReceivedRecord received, String why, Context context) {
    context.output(
        SideDoor.OUTBOUND,
        OutboundRecord.deadLetter(
            new Topics(prefix), received, ErrorCode.BAD_QUESTION.wireName(), why));
    JsonNode question = tree(received.value());
    if (question != null && question.isObject()) {
      long now = context.timerService().currentProcessingTime();
      Answer failed =
          Answer.failed(
              idOf(text(question, "id", LONGEST_ID), received),
              text(question, "text", LONGEST_TEXT),
              text(question, "stream", LONGEST_ID),
              ErrorCode.BAD_QUESTION,
              why);
      context.output(SideDoor.OUTBOUND, answers.of(failed, Instant.ofEpochMilli(now)));
    }
  }

  private @Nullable JsonNode tree(byte @Nullable [] value) {
    try {
      return value == null ? null : json.readTree(value);
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable String text(JsonNode question, String field, int longest) {
    JsonNode value = question.path(field);
    if (!value.isTextual() || value.asText().isBlank()) {
      return null;
    }
    String text = value.asText();
    return text.substring(0, Math.min(text.length(), longest));
  }

  private static String idOf(@Nullable String id, ReceivedRecord received) {
    return id != null ? id : "q-" + received.partition() + "-" + received.offset();
  }
}
