package dev.flamingo.model.serving;

import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.serving.GeneratedAnswer.Finish;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An answer that is being made: one row of a batch. */
final class AnswerRow {

  /** What a decoder of bytes shows for half a character: the other half may follow. */
  private static final String INCOMPLETE = "\ufffd";

  private final AnswerRequest request;
  private final Tokenizer tokenizer;
  private final long[] tokens;
  private int count;
  private int chosen;
  private double probabilities;
  private String text = "";
  private int heard;
  private long firstNanos = -1;
  private long totalNanos;
  private @Nullable Finish finish;

  AnswerRow(AnswerRequest request, Tokenizer tokenizer, int context) {
    this.request = request;
    this.tokenizer = tokenizer;
    tokens = new long[Math.min(request.maxTokens(), context - request.prompt().length())];
  }

  Prompt prompt() {
    return request.prompt();
  }

  boolean isActive() {
    return finish == null;
  }

  /** Ends the answer where nobody wants it any more. */
  void checkCancelled(long nanos) {
    if (isActive() && request.cancelled().getAsBoolean()) {
      end(Finish.CANCELLED, nanos);
    }
  }

  /** Takes the model's choice. */
  void accept(TokenChoice choice, long nanos) {
    if (firstNanos < 0) {
      firstNanos = nanos;
    }
    chosen++;
    probabilities += choice.probability();
    if (choice.ends()) {
      end(Finish.STOP, nanos);
      return;
    }
    tokens[count++] = choice.token();
    text = tokenizer.decode(Arrays.copyOf(tokens, count));
    boolean full = count == tokens.length;
    if (!full && !text.endsWith(INCOMPLETE)) {
      hear();
    }
    if (full) {
      end(Finish.LENGTH, nanos);
    }
  }

  /** Returns the last token, which the next step reads. */
  long lastToken() {
    return tokens[count - 1];
  }

  GeneratedAnswer answer() {
    Finish end = finish;
    if (end == null) {
      throw new IllegalStateException("the answer has not ended");
    }
    return new GeneratedAnswer(
        text,
        end,
        chosen == 0 ? 0 : probabilities / chosen,
        prompt().length(),
        count,
        Duration.ofNanos(firstNanos < 0 ? totalNanos : firstNanos),
        Duration.ofNanos(totalNanos));
  }

  private void end(Finish reason, long nanos) {
    hear();
    finish = reason;
    totalNanos = nanos;
  }

  private void hear() {
    if (text.length() > heard) {
      request.listener().onText(text.substring(heard));
      heard = text.length();
    }
  }
}
