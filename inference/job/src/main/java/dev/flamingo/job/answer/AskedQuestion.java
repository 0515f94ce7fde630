package dev.flamingo.job.answer;

import dev.flamingo.events.Question;
import dev.flamingo.job.state.StoredQuestionV1;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A question that is well formed, or the withdrawal of one. Times are milliseconds since 1970.
 *
 * @param stream which camera; for a withdrawal that of the question
 * @param id its own, or that of its place in the topic
 * @param text empty for a withdrawal
 * @param time the record's timestamp: what it means by now
 * @param at the moment it asks about, or null
 * @param from the first moment of the range it asks about, or null
 * @param to the last, or null
 * @param maxTokens the longest answer
 * @param deadlineMillis the longest wait
 * @param readAt when the job read it
 * @param replay whether it is asked again on purpose, without a deadline
 * @param cancel whether it withdraws the question of that id
 * @param support the name of registered examples, or null
 * @param examples what to learn from in context
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
    long readAt,
    boolean replay,
    boolean cancel,
    @Nullable String support,
    AskedExample[] examples) {

  /**
   * Makes one of an event.
   *
   * @param id the event's, or that of its record
   * @param time the record's timestamp
   * @param readAt when the job read it
   * @param replay whether it is asked again on purpose
   * @throws IllegalArgumentException if an example's image is not base64
   */
  static AskedQuestion of(Question question, String id, long time, long readAt, boolean replay) {
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
        readAt,
        replay,
        question.cancel(),
        question.support(),
        AskedExample.of(question.examples()));
  }

  /** Returns what is stored of it while it waits; a withdrawal never does. */
  StoredQuestionV1 stored() {
    return new StoredQuestionV1(
        stream,
        id,
        text,
        time,
        at,
        from,
        to,
        maxTokens,
        deadlineMillis,
        readAt,
        replay,
        support,
        AskedExample.stored(examples));
  }

  static AskedQuestion of(StoredQuestionV1 stored) {
    return new AskedQuestion(
        stored.stream(),
        stored.id(),
        stored.text(),
        stored.time(),
        stored.at(),
        stored.from(),
        stored.to(),
        stored.maxTokens(),
        stored.deadlineMillis(),
        stored.readAt(),
        stored.replay(),
        false,
        stored.support(),
        AskedExample.of(stored.examples()));
  }

  /**
   * Returns when it fails, counted from its record's timestamp, or from when it was read if that is
   * earlier: the clock of who asks may be ahead.
   */
  long deadline() {
    return isReplayed() ? Long.MAX_VALUE : Math.min(time, readAt) + deadlineMillis;
  }

  /** Returns whether it is asked again, about what is past: only then it has no deadline. */
  boolean isReplayed() {
    return replay && time <= readAt;
  }

  /** Returns the bytes of its examples' images. */
  long imageBytes() {
    long bytes = 0;
    for (AskedExample example : examples) {
      byte[] image = example.image();
      bytes += image == null ? 0 : image.length;
    }
    return bytes;
  }

  /** Returns it with other examples. */
  AskedQuestion with(AskedExample[] other) {
    return of(stream, other);
  }

  /** Returns it for another stream. */
  AskedQuestion on(String other) {
    return of(other, examples);
  }

  private AskedQuestion of(String otherStream, AskedExample[] otherExamples) {
    return new AskedQuestion(
        otherStream,
        id,
        text,
        time,
        at,
        from,
        to,
        maxTokens,
        deadlineMillis,
        readAt,
        replay,
        cancel,
        support,
        otherExamples);
  }

  private static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }
}
