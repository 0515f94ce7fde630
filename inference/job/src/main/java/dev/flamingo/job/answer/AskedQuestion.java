package dev.flamingo.job.answer;

import dev.flamingo.events.Question;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A question that is well formed, or the withdrawal of one.
 *
 * @param stream which camera
 * @param id its own, or that of its place in the topic
 * @param text empty for a withdrawal
 * @param time the record's timestamp: what it means by now; times are milliseconds since 1970
 * @param at the moment it asks about, or null
 * @param from the first moment of the range it asks about, or null
 * @param to the last, or null
 * @param maxTokens the longest answer
 * @param deadlineMillis the longest wait
 * @param cancel whether it withdraws the question of that id
 */
public record AskedQuestion(
    String stream,
    String id,
    String text,
    long time,
    @Nullable Long at,
    @Nullable Long from,
    @Nullable Long to,
    int maxTokens,
    int deadlineMillis,
    boolean cancel) {

  /**
   * Makes one of an event.
   *
   * @param id the event's, or that of its record
   * @param time the record's timestamp
   */
  static AskedQuestion of(Question question, String id, long time) {
    String text = question.text();
    return new AskedQuestion(
        question.stream(),
        id,
        text == null ? "" : text,
        time,
        millis(question.at()),
        millis(question.from()),
        millis(question.to()),
        question.tokenLimit(),
        question.deadlineMillis(),
        question.cancel());
  }

  private static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }
}
