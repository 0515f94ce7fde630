package dev.flamingo.job.answer;

import dev.flamingo.job.state.StoredShotV1;
import dev.flamingo.job.state.StoredTaskV1;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Something for the language model to say, or no longer to say. Times are milliseconds since 1970.
 *
 * @param stream which camera
 * @param id the question's or caption's
 * @param text the question; null for a caption
 * @param maxTokens the longest answer
 * @param moment what was asked about
 * @param acceptedAt when the question came
 * @param deadline when it fails
 * @param window what to look at; null to withdraw the task of that id
 * @param examples what to learn from in context
 */
public record AnswerTask(
    String stream,
    String id,
    @Nullable String text,
    int maxTokens,
    long moment,
    long acceptedAt,
    long deadline,
    @Nullable AskedWindow window,
    ShownExample[] examples) {

  private static final int CAPTION_TOKENS = 48;
  private static final long CAPTION_MILLIS = 30_000;

  /**
   * Returns the task of a question.
   *
   * @param now when its stream has reached its moment: from then on a replayed one has a deadline
   */
  static AnswerTask question(
      AskedQuestion asked, long now, AskedWindow window, ShownExample[] examples) {
    return new AnswerTask(
        asked.stream(),
        asked.id(),
        asked.text(),
        asked.maxTokens(),
        asked.time(),
        asked.isReplayed() ? now : asked.readAt(),
        asked.isReplayed() ? now + asked.deadlineMillis() : asked.deadline(),
        window,
        examples);
  }

  static AnswerTask caption(String stream, AskedWindow window, long now) {
    return new AnswerTask(
        stream,
        "caption-" + stream + "-" + window.to(),
        null,
        CAPTION_TOKENS,
        window.to(),
        now,
        now + CAPTION_MILLIS,
        window,
        ShownExample.NONE);
  }

  static AnswerTask withdrawal(AskedQuestion asked, long now) {
    return new AnswerTask(
        asked.stream(),
        asked.id(),
        asked.text(),
        0,
        asked.time(),
        now,
        now,
        null,
        ShownExample.NONE);
  }

  /** Returns what is stored of it while it waits. */
  StoredTaskV1 stored() {
    return new StoredTaskV1(
        stream,
        id,
        text,
        maxTokens,
        moment,
        acceptedAt,
        deadline,
        window == null ? null : window.stored(),
        Arrays.stream(examples).map(ShownExample::stored).toArray(StoredShotV1[]::new));
  }

  static AnswerTask of(StoredTaskV1 stored) {
    return new AnswerTask(
        stored.stream(),
        stored.id(),
        stored.text(),
        stored.maxTokens(),
        stored.moment(),
        stored.acceptedAt(),
        stored.deadline(),
        stored.window() == null ? null : AskedWindow.of(stored.window()),
        Arrays.stream(stored.shots()).map(ShownExample::of).toArray(ShownExample[]::new));
  }

  /** Returns the same with what is looked at resampled. */
  AnswerTask showing(AskedWindow resampled, ShownExample[] resampledExamples) {
    return new AnswerTask(
        stream, id, text, maxTokens, moment, acceptedAt, deadline, resampled, resampledExamples);
  }

  /** Returns the bytes of all that its examples show. */
  long exampleBytes() {
    return Arrays.stream(examples).mapToLong(ShownExample::bytes).sum();
  }

  boolean isCaption() {
    return text == null;
  }
}
