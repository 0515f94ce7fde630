package dev.flamingo.job.answer;

import dev.flamingo.events.Answer;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.Topics;
import dev.flamingo.job.kafka.OutboundRecord;
import dev.flamingo.job.state.StoredTaskV1;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The end of a question on which an operator failed: no question ends in silence for a fault of
 * ours.
 *
 * @param prefix of the topics
 */
public record UnansweredQuestion(String prefix) implements Serializable {

  private static final long serialVersionUID = 1;

  /** Returns the failed answer of a question; null for a withdrawal, which is no question. */
  public @Nullable OutboundRecord of(AskedQuestion asked, long now) {
    return asked.cancel() ? null : of(asked.id(), asked.text(), asked.stream(), now);
  }

  /** Returns the failed answer of a task that waits; null for a caption and a withdrawal. */
  public @Nullable OutboundRecord of(StoredTaskV1 stored, long now) {
    return of(AnswerTask.of(stored), now);
  }

  private @Nullable OutboundRecord of(AnswerTask task, long now) {
    return task.isCaption() || task.window() == null
        ? null
        : of(task.id(), task.text(), task.stream(), now);
  }

  /** Returns the failed answer of a task that looks at windows; null for all else. */
  public @Nullable OutboundRecord of(VisualTask task, long now) {
    AnswerTask answer = task.answer();
    return answer == null ? null : of(answer, now);
  }

  /** Returns the failed answer of a question as it was read; null for a withdrawal. */
  public @Nullable OutboundRecord of(ReceivedQuestion received, long now) {
    AskedQuestion asked = received.question();
    return asked == null ? received.refusal() : of(asked, now);
  }

  private OutboundRecord of(String id, @Nullable String text, String stream, long now) {
    Answer failed =
        Answer.failed(
            id, text, stream, ErrorCode.INTERNAL, "the question failed: see the job's log");
    return new AnswerRecords(new Topics(prefix)).of(failed, Instant.ofEpochMilli(now));
  }
}
