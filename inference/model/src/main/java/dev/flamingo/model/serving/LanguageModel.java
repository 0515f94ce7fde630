package dev.flamingo.model.serving;

import dev.flamingo.model.FlamingoConfig;
import dev.flamingo.model.nn.DecoderConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decoder and what it needs to read prompts.
 *
 * @param decoder its graph; null where the engine makes whole answers alone
 * @param architecture the whole model
 * @param windows where visual tokens become keys and values
 * @param prefixes what was read of examples
 * @param counters count what it reads
 */
record LanguageModel(
    @Nullable GraphSession decoder,
    FlamingoConfig architecture,
    WindowKeysValues windows,
    PromptPrefixes prefixes,
    EngineCounters counters) {

  /**
   * Returns the graph that reads and says token by token.
   *
   * @throws IllegalStateException if the engine makes whole answers alone
   */
  GraphSession session() {
    if (decoder == null) {
      throw new IllegalStateException(
          "this engine makes whole answers alone: set FLAMINGO_ENGINE=onnxruntime to go token by token");
    }
    return decoder;
  }

  /** Returns the language model's shape. */
  DecoderConfig config() {
    return architecture.language();
  }

  /**
   * Checks that a prompt can be read and leaves room for a token.
   *
   * @throws IllegalArgumentException if it does not
   */
  void check(Prompt prompt) {
    new PromptLimits(config().context()).checkLength(prompt.length());
    checkTokens(prompt.tokens());
  }

  /**
   * Checks that ids are words of the model.
   *
   * @throws IllegalArgumentException if one is not
   */
  void checkTokens(long[] tokens) {
    for (long token : tokens) {
      if (token < 0 || token >= config().vocabulary()) {
        throw new IllegalArgumentException(
            "token %d is outside the model's vocabulary of %d: use the bundle's own tokenizer"
                .formatted(token, config().vocabulary()));
      }
    }
  }

  /**
   * Begins to read prompts; the caller closes the batch.
   *
   * @throws IllegalArgumentException if visual tokens are of another model
   */
  DecodingBatch begin(List<MediaPrompt> prompts) {
    return DecodingBatch.of(this, prompts);
  }
}
