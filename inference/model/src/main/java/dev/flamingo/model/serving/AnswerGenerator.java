package dev.flamingo.model.serving;

import java.util.List;
import java.util.function.Supplier;

/**
 * The language model: the most probable token, again and again, for several prompts at once. Which
 * prompts share a batch does not change an answer, unless {@link
 * dev.flamingo.model.onnx.Quantization} says so. Safe for use by several threads.
 */
public final class AnswerGenerator {

  private final Supplier<GenerationBatch> batches;

  AnswerGenerator(Supplier<GenerationBatch> batches) {
    this.batches = batches;
  }

  /** Returns an empty batch, which requests join and leave while it runs; the caller closes it. */
  public GenerationBatch begin() {
    return batches.get();
  }

  /**
   * Answers all requests, in order, in one batch whose size the caller bounds.
   *
   * @throws IllegalArgumentException if the engine does not hold a prompt and its longest answer,
   *     or visual tokens are of another model; then nothing is answered
   */
  public List<GeneratedAnswer> generate(List<AnswerRequest> requests) {
    try (GenerationBatch batch = begin()) {
      return batch.generate(requests);
    }
  }
}
