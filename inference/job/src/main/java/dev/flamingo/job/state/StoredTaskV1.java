package dev.flamingo.job.state;

import java.io.IOException;
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
 * @param shots what to learn from in context
 */
public record StoredTaskV1(
    String stream,
    String id,
    @Nullable String text,
    int maxTokens,
    long moment,
    long acceptedAt,
    long deadline,
    @Nullable StoredWindowV1 window,
    StoredShotV1[] shots) {

  void write(StoredOutput out) throws IOException {
    out.text(stream);
    out.text(id);
    out.text(text);
    out.number(maxTokens);
    out.number(moment);
    out.number(acceptedAt);
    out.number(deadline);
    out.recordOrNull(window, StoredWindowV1::write);
    out.records(shots, StoredShotV1::write);
  }

  static StoredTaskV1 read(StoredInput in) throws IOException {
    return new StoredTaskV1(
        in.text(),
        in.text(),
        in.textOrNull(),
        in.shortNumber(),
        in.number(),
        in.number(),
        in.number(),
        in.recordOrNull(StoredWindowV1::read),
        in.records(StoredShotV1::read, StoredShotV1[]::new));
  }
}
