package dev.flamingo.job.answer;

import dev.flamingo.events.Answer;
import dev.flamingo.events.AnswerError;
import dev.flamingo.events.AnswerKind;
import dev.flamingo.events.AnswerStatus;
import dev.flamingo.events.AnswerWindow;
import dev.flamingo.events.ErrorCode;
import dev.flamingo.events.Finish;
import dev.flamingo.events.Timings;
import dev.flamingo.job.model.ModelAnswer;
import dev.flamingo.job.model.ModelFamiliarity;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the words of the contract how a task ended.
 *
 * @param running the task and when what of it happened
 * @param window what was looked at
 * @param model name and hash of the model
 * @param now milliseconds since 1970
 */
record AnswerEnding(RunningAnswer running, AskedWindow window, String model, long now) {

  private static final Logger LOG = LoggerFactory.getLogger(AnswerEnding.class);

  /** Returns the final answer; for a caption that came to nothing, null. */
  @Nullable Answer of(@Nullable ModelAnswer said, @Nullable Throwable error) {
    if (said != null) {
      return switch (said.finish()) {
        case STOP -> completed(said, Finish.STOP);
        case LENGTH -> completed(said, Finish.LENGTH);
        case CANCELLED -> ended(AnswerStatus.CANCELLED, null);
        case REFUSED -> failed(ErrorCode.BAD_QUESTION, said.text());
      };
    }
    if (error instanceof CancellationException) {
      return ended(AnswerStatus.CANCELLED, null);
    }
    if (error instanceof TimeoutException) {
      return failed(
          ErrorCode.DEADLINE,
          "the answer was not complete at its deadline, %d ms after the question was read: ask with a"
                  .formatted(running.task().deadline() - running.task().acceptedAt())
              + " longer deadlineMs");
    }
    if (error instanceof RejectedExecutionException) {
      return failed(ErrorCode.OVERLOADED, error.getMessage() + ": ask again later");
    }
    LOG.error("no answer to {} on stream {}", running.task().id(), running.task().stream(), error);
    return failed(ErrorCode.INTERNAL, "the model failed: see the job's log");
  }

  private Answer completed(ModelAnswer said, Finish finish) {
    Answer answer = answer(AnswerStatus.COMPLETED, said.text(), finish, null, said.confidence());
    ModelFamiliarity measured = said.familiarity();
    return measured == null ? answer : answer.measured(measured.familiar(), measured.score());
  }

  private @Nullable Answer failed(ErrorCode code, String message) {
    return ended(AnswerStatus.FAILED, new AnswerError(code, message));
  }

  private @Nullable Answer ended(AnswerStatus status, @Nullable AnswerError error) {
    return running.task().isCaption() ? null : answer(status, null, null, error, null);
  }

  private Answer answer(
      AnswerStatus status,
      @Nullable String text,
      @Nullable Finish finish,
      @Nullable AnswerError error,
      @Nullable Double confidence) {
    AnswerTask task = running.task();
    return new Answer(
        task.id(),
        task.text(),
        task.stream(),
        task.isCaption() ? AnswerKind.CAPTION : AnswerKind.ANSWER,
        status,
        text,
        finish,
        error,
        new AnswerWindow(
            Instant.ofEpochMilli(window.from()),
            Instant.ofEpochMilli(window.to()),
            Arrays.stream(window.frames()).mapToObj(Instant::ofEpochMilli).toList()),
        confidence,
        model,
        new Timings(
            running.startedAt(now) - task.acceptedAt(),
            running.firstTokenAt(now) - task.acceptedAt(),
            now - task.acceptedAt(),
            task.moment() - window.to()));
  }
}
