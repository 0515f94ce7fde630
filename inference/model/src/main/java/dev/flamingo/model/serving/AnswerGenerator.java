package dev.flamingo.model.serving;

import dev.flamingo.model.bundle.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;

/**
 * The language model: the most probable token, again and again, for several prompts at once. Which
 * prompts share a batch does not change an answer, unless {@link
 * dev.flamingo.model.onnx.Quantization} says so. Safe for use by several threads.
 */
public final class AnswerGenerator {

  private final LanguageModel model;
  private final Tokenizer tokenizer;
  private final GreedyChooser chooser;
  private final LongSupplier nanoTime;

  AnswerGenerator(
      LanguageModel model, Tokenizer tokenizer, SpeakableTokens speakable, LongSupplier nanoTime) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.nanoTime = nanoTime;
    chooser = new GreedyChooser(speakable);
  }

  /** Returns an empty batch, which requests join and leave while it runs; the caller closes it. */
  public ContinuousBatch begin() {
    return new ContinuousBatch(model, tokenizer, chooser, nanoTime);
  }

  /**
   * Answers all requests, in order, in one batch whose size the caller bounds.
   *
   * @throws IllegalArgumentException if a prompt leaves no room in the model's context, or visual
   *     tokens are of another model; then nothing is answered
   */
  public List<GeneratedAnswer> generate(List<AnswerRequest> requests) {
    List<CompletableFuture<GeneratedAnswer>> answers = new ArrayList<>();
    try (ContinuousBatch batch = begin()) {
      requests.forEach(request -> answers.add(batch.join(request)));
      while (batch.size() > 0) {
        batch.step();
      }
    }
    return answers.stream().map(AnswerGenerator::made).toList();
  }

  private static GeneratedAnswer made(CompletableFuture<GeneratedAnswer> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }
}
