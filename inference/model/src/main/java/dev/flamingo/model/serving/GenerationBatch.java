package dev.flamingo.model.serving;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Answers that are made together and that come and go between steps. Who else is there does not
 * change an answer, unless {@link dev.flamingo.model.onnx.Quantization} says so. For one thread at
 * a time.
 */
public interface GenerationBatch extends AutoCloseable {

  /**
   * Takes a request in, from the next step on. The caller bounds how many there are.
   *
   * @return the answer, completed by the thread that steps; fails where the model does
   * @throws IllegalArgumentException if the engine does not hold the prompt and its longest answer,
   *     or visual tokens are of another model
   */
  CompletableFuture<GeneratedAnswer> join(AnswerRequest request);

  /** Returns how many answers are being made. */
  int size();

  /**
   * Goes on with answers, as far as the engine does at once. Answers that nobody wants any more end
   * before it. It does not throw: an answer that fails does so alone, and where the whole model
   * fails, all that it was at work on.
   */
  void step();

  /**
   * Answers requests beside those that are there already, and steps until they all have ended.
   *
   * @return the answers, in order
   * @throws IllegalArgumentException as {@link #join}; then nothing is answered
   */
  default List<GeneratedAnswer> generate(List<AnswerRequest> requests) {
    List<CompletableFuture<GeneratedAnswer>> answers = requests.stream().map(this::join).toList();
    while (size() > 0) {
      step();
    }
    return answers.stream().map(GenerationBatch::made).toList();
  }

  private static GeneratedAnswer made(CompletableFuture<GeneratedAnswer> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  /** Frees all that was read; answers that have not ended fail. */
  @Override
  void close();
}
