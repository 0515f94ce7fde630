package dev.flamingo.job.state;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A question that waits. Times are milliseconds since 1970.
 *
 * @param stream which camera
 * @param id its id
 * @param text what is asked
 * @param time the record's timestamp
 * @param at the moment it asks about, or null
 * @param from the first moment of the range it asks about, or null
 * @param to the last, or null
 * @param maxTokens the longest answer
 * @param deadlineMillis the longest wait
 * @param readAt when the job read it
 * @param replay whether it is asked again on purpose
 * @param support the name of registered examples, or null
 * @param examples what to learn from in context
 */
public record StoredQuestionV1(
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
    @Nullable String support,
    StoredExampleV1[] examples) {

  void write(StoredOutput out) throws IOException {
    out.text(stream);
    out.text(id);
    out.text(text);
    out.number(time);
    out.numberOrNull(at);
    out.numberOrNull(from);
    out.numberOrNull(to);
    out.number(maxTokens);
    out.number(deadlineMillis);
    out.number(readAt);
    out.flag(replay);
    out.text(support);
    out.records(examples, StoredExampleV1::write);
  }

  static StoredQuestionV1 read(StoredInput in) throws IOException {
    return new StoredQuestionV1(
        in.text(),
        in.text(),
        in.text(),
        in.number(),
        in.numberOrNull(),
        in.numberOrNull(),
        in.numberOrNull(),
        in.shortNumber(),
        in.shortNumber(),
        in.number(),
        in.flag(),
        in.textOrNull(),
        in.records(StoredExampleV1::read, StoredExampleV1[]::new));
  }
}
