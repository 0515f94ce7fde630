package dev.flamingo.job.answer;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerKind;
import dev.flamingo.events.CloudEvents;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.JsonSerde;
import dev.flamingo.events.Topics;
import dev.flamingo.job.kafka.OutboundRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Writes answers and captions as records of their topics. */
final class AnswerRecords {

  static final CloudEvents EVENTS = new CloudEvents("/flamingo/job");

  private final JsonSerde<Answer> json = new JsonSerde<>(Answer.class);
  private final Topics topics;

  AnswerRecords(Topics topics) {
    this.topics = topics;
  }

  /**
   * Returns the record of an answer, keyed by the question, or of a caption, keyed by the stream.
   *
   * @param time when it was given
   */
  OutboundRecord of(Answer answer, Instant time) {
    boolean caption = answer.kind() == AnswerKind.CAPTION;
    RecordHeaders headers = new RecordHeaders();
    EVENTS.writeTo(headers, answer.id(), "dev.flamingo." + answer.kind().wireName() + ".v1", time);
    return OutboundRecord.of(
        caption ? topics.captions() : topics.answers(),
        bytes(caption ? answer.stream() : answer.id()),
        json.write(answer),
        headers);
  }

  /** Returns the same for an answer that may be larger than its topic takes: then it fails. */
  OutboundRecord bounded(Answer answer, Instant time) {
    OutboundRecord record = of(answer, time);
    return record.bytes() <= Topics.LARGEST_EVENT
        ? record
        : of(
            Answer.failed(
                answer.id(),
                answer.question(),
                answer.stream(),
                ErrorCode.INTERNAL,
                "the answer of %d bytes is larger than a record may be: ask with fewer maxTokens"
                    .formatted(record.bytes())),
            time);
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
