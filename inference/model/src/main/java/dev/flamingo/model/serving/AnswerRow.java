package dev.flamingo.model.serving;

import dev.flamingo.model.bundle.Tokenizer;
import dev.flamingo.model.serving.GeneratedAnswer.Finish;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** An answer that is being made: one row of a batch. */
final class AnswerRow {

  /** What a decoder of bytes shows for half a character: the other half may follow. */
  private static final String INCOMPLETE = "\ufffd";

  private final AnswerRequest request;
  private final Tokenizer tokenizer;
  private final long startNanos;
  private final long[] tokens;
  private final CompletableFuture<GeneratedAnswer> answer = new CompletableFuture<>();
  private boolean active = true;
  private int count;
  private int chosen;
  private double probabilities;
  private String text = "";
  private int heard;
  private long firstNanos = -1;

  /**
   * Makes one without any token.
   *
   * @param context the longest sequence that the language model takes, in tokens
   * @param startNanos when it was asked for, by the clock of all other times
   */
  AnswerRow(AnswerRequest request, Tokenizer tokenizer, int context, long startNanos) {
    this.request = request;
    this.tokenizer = tokenizer;
    this.startNanos = startNanos;
    tokens = new long[Math.min(request.maxTokens(), context - request.prompt().length())];
  }

  MediaPrompt prompt() {
    return new MediaPrompt(request.prompt(), request.media());
  }

  /** Returns the answer, completed at its end. */
  CompletableFuture<GeneratedAnswer> answer() {
    return answer;
  }

  boolean isActive() {
    return active;
  }

  /** Ends the answer where nobody wants it any more. */
  void checkCancelled(long now) {
    if (active && request.cancelled().getAsBoolean()) {
      end(Finish.CANCELLED, now);
    }
  }

  /** Does something of this answer's alone: where it fails, nobody else does. */
  void guard(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      fail(e);
    }
  }

  /** Ends the answer without one. */
  void fail(Throwable failure) {
    active = false;
    answer.completeExceptionally(failure);
  }

  /** Takes the model's choice. */
  void accept(TokenChoice choice, long now) {
    if (firstNanos < 0) {
      firstNanos = now - startNanos;
    }
    chosen++;
    probabilities += choice.probability();
    if (choice.ends()) {
      end(Finish.STOP, now);
      return;
    }
    tokens[count++] = choice.token();
    text = tokenizer.decode(Arrays.copyOf(tokens, count));
    boolean full = count == tokens.length;
    if (!full && !text.endsWith(INCOMPLETE)) {
      hear();
    }
    if (full) {
      end(Finish.LENGTH, now);
    }
  }

  /** Returns the last token, which the next step reads. */
  long lastToken() {
    return tokens[count - 1];
  }

  private void end(Finish reason, long now) {
    hear();
    active = false;
    long total = now - startNanos;
    answer.complete(
        new GeneratedAnswer(
            text,
            reason,
            chosen == 0 ? 0 : probabilities / chosen,
            request.prompt().length(),
            count,
            Duration.ofNanos(firstNanos < 0 ? total : firstNanos),
            Duration.ofNanos(total)));
  }

  private void hear() {
    if (text.length() > heard) {
      request.listener().onText(text.substring(heard));
      heard = text.length();
    }
  }
}
