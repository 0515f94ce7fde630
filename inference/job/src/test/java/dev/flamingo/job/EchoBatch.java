package dev.flamingo.job;

import dev.flamingo.job.model.AnswerBatch;
import dev.flamingo.job.model.ModelAnswer;
import dev.flamingo.job.model.ModelExample;
import dev.flamingo.job.model.ModelQuestion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** The answers of an {@link EchoModel}: one token each, but for those that are given slowly. */
final class EchoBatch implements AnswerBatch {

  private static final long TOKEN_NANOS = 20_000_000;
  private static final long HALT_NANOS = 400_000_000;

  private record Speaking(ModelQuestion question, CompletableFuture<ModelAnswer> answer) {

    boolean isSlow() {
      String text = question.text();
      return text != null && text.contains("slowly");
    }
  }

  private final List<Speaking> speaking = new ArrayList<>();

  @Override
  public CompletableFuture<ModelAnswer> join(ModelQuestion question) {
    String text = question.text();
    if (text != null && text.contains("poison")) {
      return CompletableFuture.failedFuture(new IllegalStateException("poisoned"));
    }
    CompletableFuture<ModelAnswer> answer = new CompletableFuture<>();
    speaking.add(new Speaking(question, answer));
    return answer;
  }

  @Override
  public void step() {
    for (Speaking one : speaking) {
      if (one.question().cancelled().getAsBoolean()) {
        one.answer().complete(new ModelAnswer("", ModelAnswer.Finish.CANCELLED, 0));
      } else {
        if ("halting".equals(one.question().text())) {
          LockSupport.parkNanos(HALT_NANOS);
        }
        String seen = seen(one.question());
        one.question().listener().accept(seen);
        if (!one.isSlow()) {
          one.answer().complete(new ModelAnswer(seen, ModelAnswer.Finish.STOP, 0.75));
        }
      }
    }
    speaking.removeIf(one -> one.answer().isDone());
    if (!speaking.isEmpty()) {
      LockSupport.parkNanos(TOKEN_NANOS);
    }
  }

  private static String seen(ModelQuestion question) {
    return question.examples().stream()
            .map(example -> seen(example) + ": " + example.answer() + "; ")
            .collect(Collectors.joining())
        + new String(question.tokens(), StandardCharsets.UTF_8);
  }

  private static String seen(ModelExample example) {
    return new String(example.tokens(), StandardCharsets.UTF_8) + " " + example.question();
  }

  @Override
  public void close() {
    speaking.forEach(one -> one.answer().completeExceptionally(new CancellationException()));
  }
}
