package dev.flamingo.job.answer;

import dev.flamingo.job.state.StoredVisualTaskV1;
import org.jspecify.annotations.Nullable;

/**
 * Something about a stream that passes through the resampler: a task that looks at windows, or a
 * window of the history; where both are null, the end of the stream.
 *
 * @param stream which camera
 * @param answer a task of the language model's
 * @param history a window of the history
 */
public record VisualTask(
    String stream, @Nullable AnswerTask answer, @Nullable AskedWindow history) {

  static VisualTask of(AnswerTask answer) {
    return new VisualTask(answer.stream(), answer, null);
  }

  static VisualTask history(String stream, AskedWindow window) {
    return new VisualTask(stream, null, window);
  }

  static VisualTask end(String stream) {
    return new VisualTask(stream, null, null);
  }

  /** Returns what is stored of it while it waits. */
  StoredVisualTaskV1 stored() {
    return new StoredVisualTaskV1(
        stream, answer == null ? null : answer.stored(), history == null ? null : history.stored());
  }

  /** Returns the task of which this was stored. */
  public static VisualTask of(StoredVisualTaskV1 stored) {
    return new VisualTask(
        stored.stream(),
        stored.answer() == null ? null : AnswerTask.of(stored.answer()),
        stored.history() == null ? null : AskedWindow.of(stored.history()));
  }
}
