package dev.flamingo.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question.
 *
 * @param id the same id is answered once; null for the place of its record in the topic, see {@link
 *     #withIdAt}
 * @param stream which camera
 * @param text 1 to 1,000 characters
 * @param at the moment it asks about; null for now
 * @param from the first moment of the range it asks about
 * @param to the last
 * @param examples few-shot examples
 * @param support the name of registered examples
 * @param standing asks again and again
 * @param maxTokens the longest answer, 1 to 256 tokens
 * @param deadlineMs the longest wait, 1 to 600,000 milliseconds
 * @param cancel whether this withdraws the question of that id instead of asking; only in records
 *     whose type is {@link #WITHDRAWAL}
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Question(
    @Nullable String id,
    String stream,
    @Nullable String text,
    @Nullable Instant at,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable List<Example> examples,
    @Nullable String support,
    @Nullable Standing standing,
    @Nullable Integer maxTokens,
    @Nullable Integer deadlineMs,
    boolean cancel) {

  /** Tokens of an answer unless the question sets them. */
  public static final int DEFAULT_MAX_TOKENS = 32;

  /** Milliseconds to wait unless the question sets them. */
  public static final int DEFAULT_DEADLINE_MS = 10_000;

  static final int LONGEST_ID = 200;
  static final int LONGEST_TEXT = 1_000;

  /** The CloudEvents type of records that withdraw a question: no others may. */
  public static final String WITHDRAWAL = "dev.flamingo.question.cancelled.v1";

  /**
   * The header, with any value, of a question that is asked again on purpose: it has no deadline
   * until its stream has reached its moment.
   */
  public static final String REPLAY = "replay";

  private static final int MOST_TOKENS = 256;
  private static final int LONGEST_DEADLINE = 600_000;

  /** How a standing question is asked again. */
  public record Standing(int everySeconds, boolean onlyWhenChanged) {}

  /** Returns a plain question about now. */
  public static Question of(String id, String stream, String text) {
    return new Question(id, stream, text, null, null, null, null, null, null, null, null, false);
  }

  /** Returns the withdrawal of a question. */
  public static Question cancelling(String id, String stream) {
    return new Question(id, stream, null, null, null, null, null, null, null, null, null, true);
  }

  /** Returns it with an id: its own, or that of its record's place. */
  public Question withIdAt(int partition, long offset) {
    return id != null ? this : withId("q-" + partition + "-" + offset);
  }

  /** Returns it with another id. */
  public Question withId(String other) {
    return new Question(
        other,
        stream,
        text,
        at,
        from,
        to,
        examples,
        support,
        standing,
        maxTokens,
        deadlineMs,
        cancel);
  }

  /** Returns it without its examples, whose images may be large. */
  public Question withoutExamples() {
    return new Question(
        id, stream, text, at, from, to, null, support, standing, maxTokens, deadlineMs, cancel);
  }

  /** Returns the longest answer in tokens. */
  public int tokenLimit() {
    return maxTokens == null ? DEFAULT_MAX_TOKENS : maxTokens;
  }

  /** Returns the longest wait in milliseconds. */
  public int deadlineMillis() {
    return deadlineMs == null ? DEFAULT_DEADLINE_MS : deadlineMs;
  }

  /**
   * Checks the fields of a question.
   *
   * @throws IllegalArgumentException if one is wrong, or not of a question
   */
  public void check() {
    checkNames();
    require(
        !cancel,
        "field cancel is not one of a question: withdraw one with DELETE /v1/questions/{id}, or"
            + " with cancel on the WebSocket");
    require(
        text != null && !text.isBlank() && characters(text) <= LONGEST_TEXT,
        "the text must have 1 to 1000 characters, not " + (text == null ? 0 : characters(text)));
    require(standing == null, FieldsToCome.notSupported("standing"));
    require(at == null || (from == null && to == null), "give either at, or from and to");
    require((from == null) == (to == null), "a range needs both from and to");
    require(from == null || to == null || !from.isAfter(to), "the range ends before it begins");
    within("at", at);
    within("from", from);
    within("to", to);
    require(
        tokenLimit() >= 1 && tokenLimit() <= MOST_TOKENS,
        "maxTokens must be 1 to 256, not " + tokenLimit());
    require(
        deadlineMillis() >= 1 && deadlineMillis() <= LONGEST_DEADLINE,
        "deadlineMs must be 1 to 600000, not " + deadlineMillis());
    require(examples == null || support == null, "give either examples, or a support");
    require(
        support == null || (!support.isBlank() && support.length() <= LONGEST_ID),
        "the name of a support must have 1 to 200 characters");
    if (examples != null) {
      Example.check(examples);
    }
  }

  /**
   * Checks the fields of a withdrawal.
   *
   * @throws IllegalArgumentException if it names no question
   */
  public void checkWithdrawal() {
    checkNames();
    require(cancel && id != null, "a withdrawal needs cancel, and the id of a question");
  }

  private void checkNames() {
    require(
        id == null || (!id.isBlank() && id.length() <= LONGEST_ID),
        "the id must have 1 to 200 characters");
    require(stream != null, "the field stream is missing: name a camera");
    var unused = new StreamId(stream);
  }

  private static void within(String field, @Nullable Instant instant) {
    if (instant != null) {
      var unused = EventInstant.within("field " + field, instant);
    }
  }

  /** Returns the number of characters as people count them: one for an emoji. */
  static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
